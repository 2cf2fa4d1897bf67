"""The yardsticks: the same life on viewflow as it comes, and on bare SQL."""
