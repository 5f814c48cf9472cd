"""Intervals and p-values from their textbook formulas, for the random queries."""
import math
from statistics import NormalDist

Z95 = NormalDist().inv_cdf(0.975)


def beta_part(x, a, b):
    """The regularized incomplete beta function (continued fraction of Lentz)."""
    if x <= 0 or x >= 1:
        return min(max(x, 0.0), 1.0)
    if x > (a + 1) / (a + b + 2):
        return 1 - beta_part(1 - x, b, a)
    front = math.exp(math.lgamma(a + b) - math.lgamma(a) - math.lgamma(b)
                     + a * math.log(x) + b * math.log(1 - x)) / a
    tiny, f, c, d = 1e-300, 1.0, 1.0, 0.0
    for i in range(2000):
        m = i // 2
        if i == 0:
            term = 1.0
        elif i % 2 == 0:
            term = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
        else:
            term = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
        d = 1 / ((1 + term * d) or tiny)
        c = (1 + term / c) or tiny
        f *= c * d
        if abs(1 - c * d) < 1e-15:
            break
    return front * (f - 1)


def t_tail(t, freedom):
    """The two-sided p-value of Student's t."""
    return beta_part(freedom / (freedom + t * t), freedom / 2, 0.5)


def t_quantile(freedom, confidence=0.95):
    low, high = 0.0, 1.0
    while t_tail(high, freedom) > 1 - confidence:
        high *= 2
    for _ in range(200):
        middle = (low + high) / 2
        low, high = (middle, high) if t_tail(middle, freedom) > 1 - confidence else (low, middle)
    return (low + high) / 2


def wilson(good, n):
    """In percent."""
    if not n:
        return None, None
    p, z = good / n, Z95
    middle, half = p + z * z / (2 * n), z * math.sqrt(p * (1 - p) / n + z * z / (4 * n * n))
    # Nothing and everything have an end that is exact.
    return (100 * (middle - half) / (1 + z * z / n) if good else 0.0,
            100 * (middle + half) / (1 + z * z / n) if good < n else 100.0)


def mean_interval(mean, variance, n):
    if n < 2 or variance is None:
        return None, None
    half = t_quantile(n - 1) * math.sqrt(variance / n)
    return mean - half, mean + half


def shares_p(good, n, other_good, other_n):
    if not n or not other_n:
        return None
    pooled = (good + other_good) / (n + other_n)
    error = math.sqrt(pooled * (1 - pooled) * (1 / n + 1 / other_n))
    return math.erfc(abs(good / n - other_good / other_n) / error / math.sqrt(2)) if error else None


def welch(mean, variance, n, other_mean, other_variance, other_n):
    """The p-value, and the interval of the difference; nothing where there is no spread."""
    if n < 2 or other_n < 2 or variance + other_variance == 0:
        return None, None, None
    a, b = variance / n, other_variance / other_n
    freedom = (a + b) ** 2 / (a * a / (n - 1) + b * b / (other_n - 1))
    change, error = mean - other_mean, math.sqrt(a + b)
    half = t_quantile(freedom) * error
    return t_tail(change / error, freedom), change - half, change + half


def newcombe(good, n, other_good, other_n):
    """The hybrid score interval of the difference of two shares, in points."""
    if not n or not other_n:
        return None, None
    p, q = 100 * good / n, 100 * other_good / other_n
    low, high = wilson(good, n)
    other_low, other_high = wilson(other_good, other_n)
    change = p - q
    return (change - math.hypot(p - low, other_high - q),
            change + math.hypot(high - p, q - other_low))
