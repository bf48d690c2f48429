//! Output by semihosting: the emulator prints for the program.

use super::machine::semihosting;

/// Prints.
pub fn write(text: &[u8]) {
    // A text of SYS_WRITE0 ends with 0; so a piece at a time.
    for piece in text.chunks(15) {
        let mut line = [0u8; 16];
        for (to, from) in line.iter_mut().zip(piece) {
            *to = *from;
        }
        // SAFETY: the text is there and ends with 0.
        unsafe { semihosting(0x04, (&raw const line).expose_provenance()) };
    }
}
