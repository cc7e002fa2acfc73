//! Stretches of a text that came before, so that they need not be read again.

use super::scan::Scanner;

/// How many stretches are remembered: most policies write only a few rule sets, again and again.
const REMEMBERED: usize = 4;

/// The last few stretches, each with the number of what it says.
#[derive(Default)]
pub(super) struct Recent<'t> {
    /// The one that came last is first, as it is the likeliest to come again.
    stretches: Vec<(&'t [u8], usize)>,
}

impl<'t> Recent<'t> {
    /// Passes a stretch that comes next and is remembered, and answers its number; none if there is none.
    ///
    /// Each stretch must end where it does whatever comes behind it.
    #[inline]
    pub(super) fn pass(&mut self, scanner: &mut Scanner<'_>) -> Option<usize> {
        let place = self.stretches.iter().position(|(stretch, _)| scanner.pass_known(stretch))?;
        let number = self.stretches.get(place).map(|(_, number)| *number);
        if place > 0 {
            self.stretches.swap(0, place);
        }
        number
    }

    /// Remembers one more stretch, and forgets another if there are too many.
    pub(super) fn keep(&mut self, stretch: &'t [u8], number: usize) {
        self.stretches.truncate(REMEMBERED - 1);
        self.stretches.insert(0, (stretch, number));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_few_stretches_are_passed_and_others_are_not() {
        let mut recent = Recent::default();
        let stretches = [&b"{one}"[..], b"{another}", b"{}", b"{more than eight bytes}", b"{last}"];
        for (number, stretch) in stretches.iter().enumerate() {
            assert_eq!(recent.pass(&mut Scanner::new(stretch)), None);
            recent.keep(stretch, number);
            for (number, stretch) in stretches.iter().enumerate().take(number + 1).skip((number + 1).saturating_sub(4))
            {
                assert_eq!(recent.pass(&mut Scanner::new(stretch)), Some(number));
                assert_eq!(recent.pass(&mut Scanner::new(stretch)), Some(number), "once more, as the first");
            }
        }
        assert_eq!(recent.stretches.len(), REMEMBERED);
    }
}
