//! Places in a row that keep their distances and stay as near as can be to where they would like to be: least squares under an order,
//! by pooling neighbours (isotonic regression, pool adjacent violators; Ayer and others 1955).

/// For each place in the row where it would like to be, how strongly, and the least distance to the one before it (that of the first counts nothing).
pub(crate) struct Wish {
    pub at: f64,
    pub weight: f64,
    pub gap: f64,
}

/// The places: in the order of the wishes, each at least its gap from the one before.
pub(crate) fn separate(wishes: &[Wish]) -> Vec<f64> {
    let mut offset = 0.0;
    // Pools: weighted sum of wishes without the gaps, weight, how many.
    let mut pools: Vec<(f64, f64, usize)> = Vec::with_capacity(wishes.len());
    let mut offsets = Vec::with_capacity(wishes.len());
    for (place, wish) in wishes.iter().enumerate() {
        offset += if place == 0 { 0.0 } else { wish.gap };
        offsets.push(offset);
        let weight = wish.weight.max(1e-9);
        let mut pool = ((wish.at - offset) * weight, weight, 1);
        while let Some(last) = pools.last() {
            if last.0 / last.1 <= pool.0 / pool.1 {
                break;
            }
            pool = (last.0 + pool.0, last.1 + pool.1, last.2 + pool.2);
            pools.pop();
        }
        pools.push(pool);
    }
    let levels = pools.iter().flat_map(|pool| std::iter::repeat_n(pool.0 / pool.1, pool.2));
    levels.zip(offsets).map(|(level, offset)| level + offset).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wishes_are_met_where_they_can_be() {
        let wish = |at: f64| Wish { at, weight: 1.0, gap: 10.0 };
        for (wishes, places) in [
            (vec![0.0, 20.0, 50.0], vec![0.0, 20.0, 50.0]),
            (vec![0.0, 0.0], vec![-5.0, 5.0]),
            (vec![5.0, 0.0, 100.0], vec![-2.5, 7.5, 100.0]),
            (vec![], vec![]),
        ] {
            let wishes: Vec<Wish> = wishes.into_iter().map(wish).collect();
            assert_eq!(separate(&wishes), places);
        }
    }
}
