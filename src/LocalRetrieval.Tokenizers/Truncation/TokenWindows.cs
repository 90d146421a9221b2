namespace LocalRetrieval.Tokenizers.Truncation;

/// <summary>The windows that a sequence of tokens is cut into; the first is kept, the others are overflow.</summary>
internal static class TokenWindows
{
    /// <summary>The windows of a sequence of <paramref name="length"/> tokens; one window where it is short enough.</summary>
    /// <exception cref="ArgumentException">The stride is not less than the length of a window.</exception>
    public static IReadOnlyList<Range> Cut(int length, int maxLength, TruncationOptions options)
    {
        if (maxLength >= length)
        {
            return [0..length];
        }

        if (maxLength == 0)
        {
            return [0..0, 0..length];
        }

        if (options.Stride >= maxLength)
        {
            throw new ArgumentException(
                $"Stride is {options.Stride}, but a window of this text holds {maxLength} tokens: special tokens and the other text of "
                + $"the pair take the rest of MaxLength {options.MaxLength}. Lower Stride below {maxLength} or raise MaxLength.");
        }

        List<Range> windows = [];
        int step = maxLength - options.Stride;
        bool isRight = options.Direction == TruncationDirection.Right;
        for (int done = 0; ; done += step)
        {
            int end = Math.Min(done + maxLength, length);
            windows.Add(isRight ? done..end : (length - end)..(length - done));
            if (end == length)
            {
                return windows;
            }
        }
    }
}
