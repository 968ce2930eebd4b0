//! [`Table`]: named typed columns, what every verb returns. Columns are laid out as Arrow lays them
//! out, so that handing one over copies nothing.

use std::cmp::Ordering;

use ahash::AHashMap;

use crate::error::{Error, Kind, Result};

/// Texts one behind the other; text `i` is `bytes[offsets[i]..offsets[i + 1]]`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Strings {
    bytes: Vec<u8>,
    offsets: Vec<i64>,
    valid: Option<Vec<bool>>,
}

impl Default for Strings {
    fn default() -> Self {
        Self { bytes: Vec::new(), offsets: vec![0], valid: None }
    }
}

impl Strings {
    /// No text yet, and room for the ends of `texts`.
    pub fn with_capacity(texts: usize) -> Self {
        let mut offsets = Vec::with_capacity(texts + 1);
        offsets.push(0);
        Self { offsets, ..Self::default() }
    }

    /// The texts that `bytes` holds: the first begins at its beginning, `offsets` has that and where each ends.
    pub(crate) fn joined(bytes: Vec<u8>, offsets: Vec<i64>) -> Self {
        debug_assert!(offsets.last() == Some(&(bytes.len() as i64)));
        Self { bytes, offsets, valid: None }
    }

    /// Makes room for more `texts`, of `bytes` in all, if there is as much.
    pub fn reserve(&mut self, texts: usize, bytes: usize) {
        // Without, they grow as they are filled.
        let _ = self.offsets.try_reserve(texts);
        let _ = self.bytes.try_reserve(bytes);
    }

    /// Adds one text.
    pub fn push(&mut self, text: &str) {
        self.bytes.extend_from_slice(text.as_bytes());
        self.close(true);
    }

    /// Adds a missing text.
    pub fn push_null(&mut self) {
        self.close(false);
    }

    /// Adds a text or a missing one.
    pub fn push_option(&mut self, text: Option<&str>) {
        match text {
            Some(t) => self.push(t),
            None => self.push_null(),
        }
    }

    /// Adds the texts of `other`.
    pub fn append(&mut self, other: Self) {
        if self.is_empty() {
            *self = other;
            return;
        }
        if self.valid.is_some() || other.valid.is_some() {
            let rows = self.len();
            let valid = self.valid.get_or_insert_with(|| vec![true; rows]);
            let more = other.valid.as_deref();
            valid.extend((0..other.offsets.len() - 1).map(|row| more.is_none_or(|v| v[row])));
        }
        let before = self.bytes.len() as i64;
        self.offsets.extend(other.offsets[1..].iter().map(|end| before + end));
        self.bytes.extend(other.bytes);
    }

    fn close(&mut self, valid: bool) {
        let rows = self.len();
        // A Vec never holds more than isize::MAX bytes, so the cast keeps the value.
        self.offsets.push(self.bytes.len() as i64);
        if let Some(v) = &mut self.valid {
            v.push(valid);
        } else if !valid {
            let mut v = vec![true; rows];
            v.push(false);
            self.valid = Some(v);
        }
    }

    /// The number of texts.
    pub fn len(&self) -> usize {
        self.offsets.len() - 1
    }

    /// Whether there is no text.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Text `row`, `None` where missing.
    pub fn get(&self, row: usize) -> Option<&str> {
        if self.valid.as_ref().is_some_and(|v| !v[row]) {
            return None;
        }
        let range = self.offsets[row] as usize..self.offsets[row + 1] as usize;
        std::str::from_utf8(&self.bytes[range]).ok()
    }

    /// The parts in Arrow's order: offsets, bytes, which rows are there.
    pub fn into_parts(self) -> (Vec<i64>, Vec<u8>, Option<Vec<bool>>) {
        (self.offsets, self.bytes, self.valid)
    }
}

impl<S: AsRef<str>> FromIterator<S> for Strings {
    fn from_iter<T: IntoIterator<Item = S>>(iter: T) -> Self {
        let iter = iter.into_iter();
        let mut out = Self::with_capacity(iter.size_hint().0);
        iter.for_each(|s| out.push(s.as_ref()));
        out
    }
}

/// One typed column.
#[derive(Debug, Clone, PartialEq)]
pub enum Column {
    /// Texts.
    Text(Strings),
    /// Integers, signed so that a difference of two columns cannot wrap; the flags tell which rows
    /// are there (all, if none are given).
    Int(Vec<i64>, Option<Vec<bool>>),
    /// Numbers; NaN is "undefined" and leaves as null.
    Float(Vec<f64>),
    /// Truth values.
    Bool(Vec<bool>),
}

impl Column {
    /// A column of counts or positions.
    pub fn ints<T: TryInto<i64>>(values: impl IntoIterator<Item = T>) -> Result<Self> {
        let values: std::result::Result<Vec<i64>, _> = values.into_iter().map(TryInto::try_into).collect();
        values
            .map(|v| Self::Int(v, None))
            .map_err(|_| Error::new(Kind::Limit, "a count does not fit 63 bits"))
    }

    /// A column of counts or positions with missing rows.
    pub fn optional_ints<T: TryInto<i64>>(values: impl IntoIterator<Item = Option<T>>) -> Result<Self> {
        let values: Vec<Option<T>> = values.into_iter().collect();
        let valid: Vec<bool> = values.iter().map(Option::is_some).collect();
        let filled = values.into_iter().map(|v| v.map_or(Ok(0), TryInto::try_into));
        let filled: std::result::Result<Vec<i64>, _> = filled.collect();
        let filled = filled.map_err(|_| Error::new(Kind::Limit, "a count does not fit 63 bits"))?;
        let all = valid.iter().all(|&v| v);
        Ok(Self::Int(filled, (!all).then_some(valid)))
    }

    /// A column of texts.
    pub fn texts<S: AsRef<str>>(values: impl IntoIterator<Item = S>) -> Self {
        Self::Text(values.into_iter().collect())
    }

    /// The number of rows.
    pub fn len(&self) -> usize {
        match self {
            Self::Text(v) => v.len(),
            Self::Int(v, _) => v.len(),
            Self::Float(v) => v.len(),
            Self::Bool(v) => v.len(),
        }
    }

    /// Whether there is no row.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The rows `rows`, in that order; `None` gives a missing row.
    pub fn take(&self, rows: &[Option<usize>]) -> Self {
        match self {
            Self::Text(v) => {
                let mut out = Strings::default();
                rows.iter().for_each(|r| out.push_option(r.and_then(|r| v.get(r))));
                Self::Text(out)
            }
            Self::Int(v, valid) => {
                let there = |r: &Option<usize>| r.filter(|&r| valid.as_ref().is_none_or(|f| f[r]));
                let flags: Vec<bool> = rows.iter().map(|r| there(r).is_some()).collect();
                let all = flags.iter().all(|&f| f);
                Self::Int(
                    rows.iter().map(|r| there(r).map_or(0, |r| v[r])).collect(),
                    (!all).then_some(flags),
                )
            }
            Self::Float(v) => Self::Float(rows.iter().map(|r| r.map_or(f64::NAN, |r| v[r])).collect()),
            Self::Bool(v) => Self::Bool(rows.iter().map(|r| r.is_some_and(|r| v[r])).collect()),
        }
    }

    /// The rows of this column followed by those of `other`, if both are of one type.
    pub fn chain(&self, other: &Self) -> Option<Self> {
        match (self, other) {
            (Self::Text(a), Self::Text(b)) => {
                let mut out = a.clone();
                (0..b.len()).for_each(|row| out.push_option(b.get(row)));
                Some(Self::Text(out))
            }
            (Self::Int(a, fa), Self::Int(b, fb)) => {
                let flags = (fa.is_some() || fb.is_some()).then(|| {
                    let all = |f: &Option<Vec<bool>>, n: usize| f.clone().unwrap_or_else(|| vec![true; n]);
                    [all(fa, a.len()), all(fb, b.len())].concat()
                });
                Some(Self::Int([a.as_slice(), b].concat(), flags))
            }
            (Self::Float(a), Self::Float(b)) => Some(Self::Float([a.as_slice(), b].concat())),
            (Self::Bool(a), Self::Bool(b)) => Some(Self::Bool([a.as_slice(), b].concat())),
            _ => None,
        }
    }

    /// The value of row `row` in letters, `None` where it is missing.
    pub fn label(&self, row: usize) -> Option<String> {
        match self {
            Self::Text(v) => v.get(row).map(str::to_owned),
            Self::Int(v, valid) => valid.as_ref().is_none_or(|f| f[row]).then(|| v[row].to_string()),
            Self::Float(v) => (!v[row].is_nan()).then(|| v[row].to_string()),
            Self::Bool(v) => Some(v[row].to_string()),
        }
    }

    /// A row of each distinct value, in the order of the values (numbers in their own, not in that of their
    /// digits), and the place of each row's value among them, `None` where it is missing: how a metadata column
    /// becomes groups.
    pub fn groups(&self) -> (Vec<usize>, Vec<Option<u32>>) {
        let mut first: AHashMap<String, usize> = AHashMap::new();
        let labels: Vec<Option<String>> = (0..self.len()).map(|row| self.label(row)).collect();
        for (row, label) in labels.iter().enumerate() {
            if let Some(label) = label {
                first.entry(label.clone()).or_insert(row);
            }
        }
        let mut order: Vec<(String, usize)> = first.into_iter().collect();
        order.sort_unstable_by(|(a, i), (b, j)| {
            let by_value = match self {
                Self::Int(v, _) => v[*i].cmp(&v[*j]),
                Self::Float(v) => v[*i].total_cmp(&v[*j]),
                Self::Text(_) | Self::Bool(_) => Ordering::Equal,
            };
            by_value.then_with(|| a.cmp(b))
        });
        let place: AHashMap<&str, u32> = order.iter().map(|(label, _)| label.as_str()).zip(0..).collect();
        let codes = labels.iter().map(|label| label.as_deref().and_then(|l| place.get(l).copied())).collect();
        (order.iter().map(|&(_, row)| row).collect(), codes)
    }
}

/// Named columns of equal length.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Table {
    columns: Vec<(String, Column)>,
}

impl Table {
    /// An empty table, to be filled by [`Table::with`].
    pub fn new() -> Self {
        Self::default()
    }

    /// This table with one more column.
    #[must_use]
    pub fn with(mut self, name: &str, column: Column) -> Self {
        debug_assert!(
            self.columns.first().is_none_or(|(_, c)| c.len() == column.len()),
            "column {name} has {} rows",
            column.len()
        );
        self.columns.push((name.to_owned(), column));
        self
    }

    /// The columns of this table followed by those of `other`.
    #[must_use]
    pub fn join(mut self, other: Self) -> Self {
        for (name, column) in other.columns {
            self = self.with(&name, column);
        }
        self
    }

    /// The number of rows.
    pub fn len(&self) -> usize {
        self.columns.first().map_or(0, |(_, c)| c.len())
    }

    /// Whether there is no row.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The columns with their names.
    pub fn columns(&self) -> &[(String, Column)] {
        &self.columns
    }

    /// The columns with their names, handed over.
    pub fn into_columns(self) -> Vec<(String, Column)> {
        self.columns
    }

    /// The column `name`.
    pub fn column(&self, name: &str) -> Result<&Column> {
        self.columns.iter().find(|(n, _)| n == name).map(|(_, c)| c).ok_or_else(|| {
            let names: Vec<&str> = self.columns.iter().map(|(n, _)| n.as_str()).collect();
            let hint = crate::error::nearest(name, &names)
                .map_or(String::new(), |n| format!(" Did you mean {n:?}?"));
            Error::new(
                Kind::Column,
                format!("no column {name:?}.{hint} The columns are {}.", names.join(", ")),
            )
        })
    }

    /// The rows `rows`, in that order; `None` gives a missing row.
    #[must_use]
    pub fn take(&self, rows: &[Option<usize>]) -> Self {
        Self { columns: self.columns.iter().map(|(n, c)| (n.clone(), c.take(rows))).collect() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strings_keep_missing_rows() {
        let mut s = Strings::default();
        s.push("a");
        s.push_null();
        s.push("");
        assert_eq!((s.get(0), s.get(1), s.get(2)), (Some("a"), None, Some("")));
        let mut all: Strings = ["x", "yz"].into_iter().collect();
        all.append(s.clone());
        all.append(["q"].into_iter().collect());
        let expected = [Some("x"), Some("yz"), Some("a"), None, Some(""), Some("q")];
        assert!((0..6).map(|row| all.get(row)).eq(expected));
        assert_eq!(s.into_parts(), (vec![0, 1, 1, 1], b"a".to_vec(), Some(vec![true, false, true])));
    }

    #[test]
    fn groups_sort_numbers_as_numbers() {
        let years = Column::Int(vec![10, 9, 10], Some(vec![true, true, false]));
        assert_eq!(years.groups(), (vec![1, 0], vec![Some(1), Some(0), None]));
        let shares = Column::Float(vec![10.5, f64::NAN, 9.0, 9.0]);
        assert_eq!(shares.groups(), (vec![2, 0], vec![Some(1), None, Some(0), Some(0)]));
    }

    #[test]
    fn a_missing_column_is_named_with_the_nearest() {
        let t = Table::new().with("outlet", Column::texts(["x"]));
        let e = t.column("oulet").unwrap_err();
        assert_eq!(e.kind(), Kind::Column);
        assert!(e.message().contains("Did you mean \"outlet\"?"), "{e}");
    }
}
