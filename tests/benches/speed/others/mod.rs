//! The same networks by other libraries.

pub mod nalgebra;
pub mod products;

/// The loss of one sample; its logits become the gradient of `scale` times the loss.
fn softmax_loss(logits: &mut [f32], label: usize, scale: f32) -> f32 {
    let max = logits.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    let of_label = logits[label] - max;
    let mut sum = 0.0;
    for y in logits.iter_mut() {
        *y = (*y - max).exp();
        sum += *y;
    }
    for y in logits.iter_mut() {
        *y *= scale / sum;
    }
    logits[label] -= scale;
    sum.ln() - of_label
}
