//! Reading elements in place.

use const_oid::ObjectIdentifier;

use super::tag;

/// The bytes are not an element of the expected kind. Usual cause: a cut or altered structure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Malformed;

impl std::fmt::Display for Malformed {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("the bytes do not have the expected ASN.1 structure")
    }
}

impl std::error::Error for Malformed {}

/// One element with a definite length: tag, length, value. Lengths need not be minimal, since what is read here is
/// compared and hashed as it stands, never written again from its parts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tlv<'a> {
    /// The single identifier octet (tag numbers over 30 are refused: nothing read here has one).
    pub tag: u8,
    /// The whole element, header included.
    pub raw: &'a [u8],
    /// Its contents octets.
    pub value: &'a [u8],
}

impl<'a> Tlv<'a> {
    /// Reads the first element of `bytes`; gives it and what follows it.
    ///
    /// # Errors
    /// [`Malformed`] for a cut element, an indefinite length or a tag number over 30.
    pub fn first(bytes: &'a [u8]) -> Result<(Self, &'a [u8]), Malformed> {
        let (&tag, rest) = bytes.split_first().ok_or(Malformed)?;
        if tag & 0x1F == 0x1F {
            return Err(Malformed);
        }
        let (&first, mut rest) = rest.split_first().ok_or(Malformed)?;
        let mut length = usize::from(first & 0x7F);
        if first & 0x80 != 0 {
            // Four length octets are 4 GiB, far over any limit that a caller sets.
            let octets = length;
            if octets == 0 || octets > 4 {
                return Err(Malformed);
            }
            let (head, tail) = rest.split_at_checked(octets).ok_or(Malformed)?;
            length = head.iter().fold(0_usize, |sum, octet| (sum << 8) | usize::from(*octet));
            rest = tail;
        }
        let (value, after) = rest.split_at_checked(length).ok_or(Malformed)?;
        let raw = bytes.get(..bytes.len() - after.len()).ok_or(Malformed)?;
        Ok((Self { tag, raw, value }, after))
    }

    /// Reads `bytes` as exactly one element.
    ///
    /// # Errors
    /// [`Malformed`], also when something follows.
    pub fn only(bytes: &'a [u8]) -> Result<Self, Malformed> {
        match Self::first(bytes)? {
            (element, []) => Ok(element),
            _ => Err(Malformed),
        }
    }

    /// This element if it has the tag.
    ///
    /// # Errors
    /// [`Malformed`] for another tag.
    pub fn expect(self, tag: u8) -> Result<Self, Malformed> {
        if self.tag == tag { Ok(self) } else { Err(Malformed) }
    }

    /// Its contents as a row of elements.
    #[must_use]
    pub const fn children(&self) -> Children<'a> {
        Children { rest: self.value }
    }

    /// The value of an OBJECT IDENTIFIER.
    ///
    /// # Errors
    /// [`Malformed`] for another type or an identifier with arcs too large to hold.
    pub fn object_identifier(&self) -> Result<ObjectIdentifier, Malformed> {
        self.expect(tag::OBJECT_IDENTIFIER)?;
        ObjectIdentifier::from_bytes(self.value).map_err(|_| Malformed)
    }

    /// The octets of a BIT STRING without unused bits.
    ///
    /// # Errors
    /// [`Malformed`] for another type or for unused bits, which neither a key nor a signature has.
    pub fn bit_string(&self) -> Result<&'a [u8], Malformed> {
        match self.expect(tag::BIT_STRING)?.value.split_first() {
            Some((0, octets)) => Ok(octets),
            _ => Err(Malformed),
        }
    }
}

/// The elements inside an element, one after another.
#[derive(Debug, Clone, Copy)]
pub struct Children<'a> {
    rest: &'a [u8],
}

impl<'a> Children<'a> {
    /// The elements that `bytes` consist of.
    #[must_use]
    pub const fn of(bytes: &'a [u8]) -> Self {
        Self { rest: bytes }
    }

    /// True when nothing is left.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.rest.is_empty()
    }

    /// The next element, which must be there and have this tag.
    ///
    /// # Errors
    /// [`Malformed`] at the end, for another tag, for a cut element.
    pub fn take(&mut self, tag: u8) -> Result<Tlv<'a>, Malformed> {
        self.any()?.expect(tag)
    }

    /// The next element, whatever its tag.
    ///
    /// # Errors
    /// [`Malformed`] at the end, for a cut element.
    pub fn any(&mut self) -> Result<Tlv<'a>, Malformed> {
        let (element, rest) = Tlv::first(self.rest)?;
        self.rest = rest;
        Ok(element)
    }

    /// The next element if it has this tag; otherwise it stays.
    ///
    /// # Errors
    /// [`Malformed`] for a cut element.
    pub fn optional(&mut self, tag: u8) -> Result<Option<Tlv<'a>>, Malformed> {
        if self.rest.first() == Some(&tag) { self.any().map(Some) } else { Ok(None) }
    }

    /// All that is left, as a list.
    ///
    /// # Errors
    /// [`Malformed`] when one of them is cut.
    pub fn all(mut self) -> Result<Vec<Tlv<'a>>, Malformed> {
        let mut elements = Vec::new();
        while !self.is_empty() {
            elements.push(self.any()?);
        }
        Ok(elements)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_element_ends_where_its_length_says() {
        let (element, rest) = Tlv::first(&[0x04, 0x02, 1, 2, 9]).expect("well formed");
        assert_eq!((element.value, rest), (&[1, 2][..], &[9][..]));
    }

    #[test]
    fn a_long_length_is_read_even_when_it_could_be_shorter() {
        let element = Tlv::only(&[0x04, 0x82, 0x00, 0x01, 7]).expect("well formed");
        assert_eq!(element.value, [7]);
    }

    #[test]
    fn cut_or_indefinite_elements_are_refused() {
        for bytes in [&[][..], &[0x04], &[0x04, 2, 1], &[0x30, 0x80, 0, 0], &[0x04, 0x85, 0, 0, 0, 0, 1, 7]] {
            assert_eq!(Tlv::first(bytes), Err(Malformed), "{bytes:?}");
        }
    }
}
