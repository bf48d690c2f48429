//! stub
use proc_macro::TokenStream;
/// stub
#[proc_macro]
pub fn network(_: TokenStream) -> TokenStream {
    TokenStream::new()
}
/// stub
#[proc_macro_derive(Params)]
pub fn params(_: TokenStream) -> TokenStream {
    TokenStream::new()
}
