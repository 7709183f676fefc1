"""The benchmarks themselves, at a size that says nothing of speed: that they measure what they say."""
