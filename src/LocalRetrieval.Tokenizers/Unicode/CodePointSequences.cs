namespace LocalRetrieval.Tokenizers.Unicode;

/// <summary>A sequence of code points for each code point that has one, all in one array.</summary>
internal sealed class CodePointSequences
{
    private readonly CodePointTable<ushort> _starts = new();
    private int[] _values = new int[1024];
    private int _count = 1;

    /// <summary>Adds a sequence; a code point is added once.</summary>
    public void Add(int codePoint, ReadOnlySpan<int> sequence)
    {
        if (_count + sequence.Length >= _values.Length)
        {
            Array.Resize(ref _values, (_values.Length + sequence.Length) * 2);
        }

        _starts[codePoint] = checked((ushort)_count);
        _values[_count++] = sequence.Length;
        sequence.CopyTo(_values.AsSpan(_count));
        _count += sequence.Length;
    }

    /// <summary>The sequence of a code point; empty where it has none.</summary>
    public ReadOnlySpan<int> Of(int codePoint)
    {
        int start = _starts[codePoint];
        return start == 0 ? [] : _values.AsSpan(start + 1, _values[start]);
    }
}
