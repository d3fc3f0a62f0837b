//! Many drafts in little memory.

use std::io::{self, Read, Write};

use flate2::Compression;
use flate2::read::DeflateDecoder;
use flate2::write::DeflateEncoder;
use koplamp_model::Draft;

/// Drafts that are packed together: enough that what they have in common is packed once.
const TOGETHER: usize = 1_000;

/// Drafts in the order in which they came, packed: a tenth of the memory that they take otherwise. A file is checked to its end before
/// anything of it is kept, and a table of a million rows must be held somewhere until then; never on the disk.
#[derive(Debug, Default)]
pub struct Pack {
    packed: Vec<Vec<u8>>,
    loose: Vec<Draft>,
    len: usize,
}

impl Pack {
    /// Adds a draft behind the others.
    pub fn push(&mut self, draft: Draft) {
        self.loose.push(draft);
        self.len += 1;
        if self.loose.len() >= TOGETHER {
            // Nothing here can fail; if it did, the drafts would stay loose.
            if let Ok(packed) = pack(&self.loose) {
                self.packed.push(packed);
                self.loose.clear();
            }
        }
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.len
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// All of them, in order.
    pub fn drafts(&self) -> impl Iterator<Item = io::Result<Draft>> + '_ {
        let unpacked = self.packed.iter().flat_map(|packed| match unpack(packed) {
            Ok(drafts) => drafts.into_iter().map(Ok).collect(),
            Err(error) => vec![Err(error)],
        });
        unpacked.chain(self.loose.iter().cloned().map(Ok))
    }
}

fn pack(drafts: &[Draft]) -> io::Result<Vec<u8>> {
    let mut encoder = DeflateEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(&serde_json::to_vec(drafts)?)?;
    let mut packed = encoder.finish()?;
    packed.shrink_to_fit();
    Ok(packed)
}

fn unpack(packed: &[u8]) -> io::Result<Vec<Draft>> {
    let mut json = Vec::new();
    DeflateDecoder::new(packed).read_to_end(&mut json)?;
    Ok(serde_json::from_slice(&json)?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use koplamp_model::DraftValue;

    #[test]
    fn what_goes_in_comes_out_in_its_order_and_takes_less_room() {
        let draft = |number: usize| Draft {
            key: format!("Payment/row/{number:032x}"),
            kind: "Payment".into(),
            properties: [("purpose".to_owned(), vec![DraftValue::Text(format!("factuur {number}"))])].into(),
            line: number as u64,
            quote: format!("01-03-2025;NL50KOPL0063005808;NL22KOPL0000000001;10,00;factuur {number}"),
            position: None,
        };
        let mut pack = Pack::default();
        (0..2_345).for_each(|number| pack.push(draft(number)));
        assert_eq!((pack.len(), pack.packed.len(), pack.loose.len()), (2_345, 2, 345));
        let drafts: Vec<Draft> = pack.drafts().collect::<io::Result<_>>().unwrap();
        assert!(drafts.into_iter().eq((0..2_345).map(draft)));
        let plain = serde_json::to_vec(&(0..2_000).map(draft).collect::<Vec<_>>()).unwrap().len();
        let packed: usize = pack.packed.iter().map(Vec::len).sum();
        assert!(packed * 4 < plain, "{packed} of {plain} bytes");
    }
}
