//! The leading eigenvector of a connected piece of a graph, by restarted Lanczos iteration (Lanczos, 1950) with full
//! reorthogonalisation. A power iteration would take hundreds of thousands of steps on a long chain.

use crate::graph::Graph;
use crate::watch::Cancelled;

/// Vectors kept before it starts anew.
const KEPT: usize = 40;

/// Most new starts.
const STARTS: usize = 500;

/// Scales to Euclidean length 1, and gives the length it had; a vector of zeros stays.
pub(super) fn scale(vector: &mut [f64]) -> f64 {
    let length = dot(vector, vector).sqrt();
    if length > 0.0 {
        vector.iter_mut().for_each(|value| *value /= length);
    }
    length
}

fn dot(one: &[f64], other: &[f64]) -> f64 {
    one.iter().zip(other).map(|(one, other)| one * other).sum()
}

/// The largest eigenvalue of a connected piece of an undirected reading, its eigenvector (positive, length 1, in the order of the piece),
/// and whether it was reached to full accuracy. `goes_on` is asked now and then.
pub(super) fn leading(
    graph: &Graph,
    piece: &[u32],
    goes_on: &dyn Fn() -> bool,
) -> Result<(f64, Vec<f64>, bool), Cancelled> {
    let mut place = vec![0_u32; graph.nodes()];
    if let [_] = piece {
        return Ok((0.0, vec![1.0], true));
    }
    piece.iter().zip(0..).for_each(|(&node, number)| place[node as usize] = number);
    let times = |vector: &[f64]| -> Vec<f64> {
        let row = |&node: &u32| {
            graph.out.counted(node).map(|(to, count)| vector[place[to as usize] as usize] * f64::from(count)).sum()
        };
        piece.iter().map(row).collect()
    };
    let mut vector: Vec<f64> = piece.iter().map(|&node| (graph.out.degree(node) as f64).sqrt()).collect();
    scale(&mut vector);
    let (mut value, mut best, mut idle) = (0.0, f64::INFINITY, 0);
    for _ in 0..STARTS {
        if !goes_on() {
            return Err(Cancelled);
        }
        let (found, next, rest) = start(&times, vector);
        (value, vector) = (found, next);
        idle = if rest < best * 0.7 { 0 } else { idle + 1 };
        best = rest.min(best);
        if rest <= 1e-15 * value || (idle >= 4 && best < 1e-12 * value) {
            break;
        }
    }
    // Sums of positive numbers only: small entries, too, end up right to their last digits.
    vector.iter_mut().for_each(|entry| *entry = entry.abs());
    for _ in 0..30 {
        let product = times(&vector);
        vector.iter_mut().zip(product).for_each(|(entry, more)| *entry = *entry * value + more);
        scale(&mut vector);
    }
    Ok((value, vector, best < 1e-11 * value))
}

/// One start: the best eigenvalue and vector in the space of the products of a vector, and the length of what is left over.
fn start(times: &dyn Fn(&[f64]) -> Vec<f64>, vector: Vec<f64>) -> (f64, Vec<f64>, f64) {
    let most = KEPT.min(vector.len());
    let mut basis = vec![vector];
    let mut small = vec![vec![0.0; most]; most];
    let mut rest = 0.0;
    for column in 0..most {
        let mut next = times(&basis[column]);
        small[column][column] = dot(&next, &basis[column]);
        // Twice is enough (Kahan).
        for _ in 0..2 {
            for earlier in &basis {
                let part = dot(&next, earlier);
                next.iter_mut().zip(earlier).for_each(|(entry, other)| *entry -= part * other);
            }
        }
        rest = scale(&mut next);
        if column + 1 == most || rest < 1e-13 * small[0][0].abs().max(1e-3) {
            break;
        }
        small[column][column + 1] = rest;
        small[column + 1][column] = rest;
        basis.push(next);
    }
    let size = basis.len();
    small.truncate(size);
    small.iter_mut().for_each(|row| row.truncate(size));
    let (value, weights) = largest(small);
    let mut vector = vec![0.0; basis[0].len()];
    for (weight, earlier) in weights.iter().zip(&basis) {
        vector.iter_mut().zip(earlier).for_each(|(entry, other)| *entry += weight * other);
    }
    scale(&mut vector);
    let rest = rest * weights.last().map_or(0.0, |weight| weight.abs());
    (value, vector, rest)
}

/// The largest eigenvalue of a small symmetric matrix, and its vector, by Jacobi's rotations (1846).
fn largest(mut matrix: Vec<Vec<f64>>) -> (f64, Vec<f64>) {
    let size = matrix.len();
    let mut vectors: Vec<Vec<f64>> =
        (0..size).map(|row| (0..size).map(|column| f64::from(u8::from(row == column))).collect()).collect();
    for _ in 0..60 {
        let mut off = 0.0;
        for one in 0..size {
            for other in one + 1..size {
                let entry = matrix[one][other];
                off += entry * entry;
                if entry.abs() < 1e-300 {
                    continue;
                }
                let half = (matrix[other][other] - matrix[one][one]) / (2.0 * entry);
                let tangent = half.signum() / (half.abs() + half.hypot(1.0));
                let cosine = 1.0 / tangent.hypot(1.0);
                let sine = tangent * cosine;
                for row in &mut matrix {
                    (row[one], row[other]) = turned(row[one], row[other], cosine, sine);
                }
                // `other` is the later one.
                let (before, after) = matrix.split_at_mut(other);
                for (first, second) in before[one].iter_mut().zip(&mut after[0]) {
                    (*first, *second) = turned(*first, *second, cosine, sine);
                }
                for row in &mut vectors {
                    (row[one], row[other]) = turned(row[one], row[other], cosine, sine);
                }
            }
        }
        let scale: f64 = (0..size).map(|place| matrix[place][place].powi(2)).sum();
        if off <= 1e-34 * scale {
            break;
        }
    }
    let best = (0..size).max_by(|&one, &other| matrix[one][one].total_cmp(&matrix[other][other])).unwrap_or(0);
    (matrix[best][best], vectors.iter().map(|row| row[best]).collect())
}

fn turned(one: f64, other: f64, cosine: f64, sine: f64) -> (f64, f64) {
    (cosine * one - sine * other, sine * one + cosine * other)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::Convention;
    use crate::testing::numbered;

    #[test]
    fn a_long_chain_has_the_sine_that_theory_says() {
        let count = 800_u32;
        let chain: Vec<(u32, u32)> = (0..count - 1).map(|node| (node, node + 1)).collect();
        let graph = Graph::new(&numbered(count as usize, &chain, false), Convention::default());
        let (value, vector, reached) = leading(&graph, &(0..count).collect::<Vec<_>>(), &|| true).unwrap();
        let step = std::f64::consts::PI / f64::from(count + 1);
        assert!(reached);
        assert!((value - 2.0 * step.cos()).abs() < 1e-12, "{value}");
        let norm = (2.0 / f64::from(count + 1)).sqrt();
        for (place, entry) in vector.iter().enumerate() {
            let expected = norm * (step * (place + 1) as f64).sin();
            // Rounding errors grow by the inverse of the gap to the next eigenvalue, which is 20,000 here.
            assert!((entry - expected).abs() < 1e-8 * norm, "{place}: {entry} {expected}");
        }
    }
}
