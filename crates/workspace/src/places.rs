//! Where on a chart there is room for one more.

/// Room for a node and its name, in hundredths of a pixel.
const ROOM: (u32, u32) = (11_000, 9_000);

/// The place nearest to this one, in rings of steps of a node's room, where none of `taken` is in the way.
pub(crate) fn free(x: i32, y: i32, taken: &[(i32, i32)]) -> (i32, i32) {
    let is_free =
        |at: (i32, i32)| taken.iter().all(|other| at.0.abs_diff(other.0) >= ROOM.0 || at.1.abs_diff(other.1) >= ROOM.1);
    // Each of the taken can stand in the way of at most four places: a ring that has more than all of them are in is never needed.
    let rings = 0..=i32::try_from(taken.len()).unwrap_or(i32::MAX).saturating_add(1);
    let place = |across: i32, down: i32| {
        let step = |from: i32, steps: i32, room: u32| from.saturating_add(steps.saturating_mul(room.cast_signed()));
        (step(x, across, ROOM.0), step(y, down, ROOM.1))
    };
    let ring = |ring: i32| {
        (-ring..=ring)
            .flat_map(move |down| (-ring..=ring).map(move |across| (across, down)))
            .filter(move |(across, down)| across.abs().max(down.abs()) == ring)
    };
    // Beside first, then below, then above.
    let places = rings.flat_map(|number| {
        let mut all: Vec<(i32, i32)> = ring(number).collect();
        all.sort_by_key(|(across, down)| (across.abs() + down.abs(), *down < 0, *across < 0));
        all
    });
    places.map(|(across, down)| place(across, down)).find(|at| is_free(*at)).unwrap_or((x, y))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_gets_a_place_of_its_own_near_where_it_was_asked_for() {
        let mut taken = Vec::new();
        for _ in 0..100 {
            let place = free(500, -300, &taken);
            for other in &taken {
                assert_ne!(place, *other);
            }
            taken.push(place);
        }
        assert_eq!(taken[..3], [(500, -300), (11_500, -300), (500, 8_700)], "beside first, then below");
        // A hundred of them are a square of ten by ten.
        assert!(taken.iter().all(|(x, y)| x.abs_diff(500) <= 6 * ROOM.0 && y.abs_diff(-300) <= 6 * ROOM.1));
        // One that stands a little aside is in the way too.
        assert_ne!(free(0, 0, &[(10_999, 8_999)]), (0, 0));
        assert_eq!(free(0, 0, &[(11_000, 0)]), (0, 0));
        assert_ne!(free(i32::MAX, i32::MIN, &[(i32::MAX, i32::MIN)]), (i32::MAX, i32::MIN));
    }
}
