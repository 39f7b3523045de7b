//! Decimal numbers as whole millionths.

const DIGITS: usize = 6;

/// `None` for what is no decimal, has more than six decimal places, or is too large.
pub fn parse(text: &str) -> Option<i64> {
    let (is_negative, unsigned) = text.strip_prefix('-').map_or((false, text), |rest| (true, rest));
    let (whole, fraction) = unsigned.split_once('.').unwrap_or((unsigned, "0"));
    let is_digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let places = fraction.trim_end_matches('0');
    if !is_digits(whole) || !is_digits(fraction) || places.len() > DIGITS {
        return None;
    }
    let digits = whole.bytes().chain(places.bytes().chain(std::iter::repeat(b'0')).take(DIGITS));
    let micro = digits
        .map(|digit| i64::from(digit - b'0'))
        .try_fold(0_i64, |micro, digit| micro.checked_mul(10)?.checked_add(digit))?;
    Some(if is_negative { -micro } else { micro })
}

/// Without needless zeros.
pub fn write(micro: i64) -> String {
    let (sign, unsigned) = (if micro < 0 { "-" } else { "" }, micro.unsigned_abs());
    let text = format!("{sign}{}.{:06}", unsigned / 1_000_000, unsigned % 1_000_000);
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}
