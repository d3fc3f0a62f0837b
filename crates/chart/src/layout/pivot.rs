//! A first picture: pivot multidimensional scaling (Brandes and Pich, "Eigensolver Methods for Progressive Multidimensional Scaling of Large
//! Data", Graph Drawing 2006). Steps between nodes become distances, seen from a few pivots; a force layout that begins here has nothing to untangle.

use super::adjacency::Adjacency;
use super::noise::noise;

/// How many nodes are looked from.
const PIVOTS: usize = 40;
/// Rounds of the power iteration; the picture is a beginning, so a few are enough.
const ROUNDS: usize = 60;

/// Positions of a connected graph in which a step is about 1 long, the wide way across.
pub(crate) fn pivot_picture(graph: &Adjacency, seed: u64) -> Vec<(f64, f64)> {
    let count = graph.len();
    if count == 0 {
        return Vec::new();
    }
    let pivots = PIVOTS.min(count);
    let mut columns: Vec<Vec<f64>> = Vec::with_capacity(pivots);
    let mut nearest = vec![u32::MAX; count];
    let mut pivot = ((noise(seed, 0) * count as f64) as usize).min(count - 1);
    for _ in 0..pivots {
        let steps = graph.distances(pivot);
        for (near, far) in nearest.iter_mut().zip(&steps) {
            *near = (*near).min(*far);
        }
        columns.push(steps.iter().map(|step| if *step == u32::MAX { 0.0 } else { f64::from(*step).powi(2) }).collect());
        // The next one is as far as can be from those before it.
        let reach = |node: usize| if nearest[node] == u32::MAX { 0 } else { nearest[node] };
        pivot = (0..count).max_by_key(|node| (reach(*node), std::cmp::Reverse(*node))).unwrap_or(0);
    }
    centre(&mut columns);
    let first = axis(&columns, None, seed);
    let second = axis(&columns, Some(&first), seed.wrapping_add(1));
    (0..count)
        .map(|node| {
            let along = |axis: &[f64]| columns.iter().zip(axis).map(|(column, part)| column[node] * part).sum::<f64>();
            (along(&first), along(&second))
        })
        .collect()
}

/// Takes the mean of each row and of each column away.
fn centre(columns: &mut [Vec<f64>]) {
    let rows = columns.first().map_or(0, Vec::len);
    for column in columns.iter_mut() {
        let mean = column.iter().sum::<f64>() / rows as f64;
        column.iter_mut().for_each(|value| *value -= mean);
    }
    for row in 0..rows {
        let mean = columns.iter().map(|column| column[row]).sum::<f64>() / columns.len() as f64;
        columns.iter_mut().for_each(|column| column[row] = -0.5 * (column[row] - mean));
    }
}

/// The strongest direction of the columns' products, at right angles to `other`: length 1.
fn axis(columns: &[Vec<f64>], other: Option<&[f64]>, seed: u64) -> Vec<f64> {
    let size = columns.len();
    let products: Vec<f64> = (0..size * size)
        .map(|at| columns[at / size].iter().zip(&columns[at % size]).map(|(a, b)| a * b).sum::<f64>())
        .collect();
    let mut axis: Vec<f64> = (0..size as u64).map(|at| noise(seed, at + 7) - 0.5).collect();
    for _ in 0..ROUNDS {
        if let Some(other) = other {
            let shadow: f64 = axis.iter().zip(other).map(|(a, b)| a * b).sum();
            axis.iter_mut().zip(other).for_each(|(a, b)| *a -= shadow * b);
        }
        let turned: Vec<f64> =
            products.chunks(size).map(|row| row.iter().zip(&axis).map(|(a, b)| a * b).sum()).collect();
        let length = turned.iter().map(|part| part * part).sum::<f64>().sqrt();
        if length < 1e-12 {
            return vec![0.0; size];
        }
        axis = turned.into_iter().map(|part| part / length).collect();
    }
    if let Some(other) = other {
        let shadow: f64 = axis.iter().zip(other).map(|(a, b)| a * b).sum();
        axis.iter_mut().zip(other).for_each(|(a, b)| *a -= shadow * b);
    }
    axis
}
