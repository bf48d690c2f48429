//! A workstation, with its C library but without Rust's: nothing allocates.

unsafe extern "C" {
    #[link_name = "write"]
    fn libc_write(file: i32, text: *const u8, len: usize) -> isize;
    #[link_name = "_exit"]
    safe fn libc_exit(code: i32) -> !;
}

#[link(name = "c")]
unsafe extern "C" {}

#[unsafe(no_mangle)]
extern "C" fn main() -> i32 {
    i32::from(!super::program())
}

/// Prints.
pub fn write(text: &[u8]) {
    // SAFETY: the text is there.
    unsafe { libc_write(1, text.as_ptr(), text.len()) };
}

/// Ends the program.
pub fn exit(right: bool) -> ! {
    libc_exit(i32::from(!right))
}
