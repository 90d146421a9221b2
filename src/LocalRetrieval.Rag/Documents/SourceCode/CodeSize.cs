namespace LocalRetrieval.Rag;

/// <summary>About how many tokens of a model parts of a program are, without a model.</summary>
/// <remarks>A character of punctuation is one, and a word one for every few letters. Found once for each line, so that any range is a difference.</remarks>
internal sealed class CodeSize
{
    private const int LettersPerToken = 5;

    private readonly List<int> _starts = [];
    private readonly List<long> _before = [];

    /// <summary>Measures a text.</summary>
    public CodeSize(string text, CancellationToken cancellationToken)
    {
        long sum = 0;
        for (int line = 0; line < text.Length;)
        {
            if (_starts.Count % 1024 == 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
            }

            int next = TextLines.NextLine(text, line);
            _starts.Add(line);
            _before.Add(sum);
            sum += Of(text.AsSpan(line, next - line));
            line = next;
        }

        _starts.Add(text.Length);
        _before.Add(sum);
    }

    /// <summary>The tokens between two starts of lines.</summary>
    public long Between(int start, int end) => BeforeLine(end) - BeforeLine(start);

    private long BeforeLine(int start)
    {
        int index = _starts.BinarySearch(start);
        return _before[index >= 0 ? index : ~index];
    }

    private static int Of(ReadOnlySpan<char> line)
    {
        int tokens = 0;
        int letters = 0;
        foreach (char character in line)
        {
            bool isLetter = char.IsLetterOrDigit(character);
            letters = isLetter ? letters + 1 : 0;
            tokens += isLetter ? (letters % LettersPerToken == 1 || character > '\u2E80' ? 1 : 0) : char.IsWhiteSpace(character) ? 0 : 1;
        }

        return tokens;
    }
}
