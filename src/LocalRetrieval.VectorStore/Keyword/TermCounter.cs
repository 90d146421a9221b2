using System.Runtime.InteropServices;

namespace LocalRetrieval.VectorData.Keyword;

/// <summary>Counts the terms of a document's texts, in the order in which they first come up.</summary>
/// <remarks>Not safe for concurrent use. A term seen before, in another document too, costs no string.</remarks>
internal sealed class TermCounter : ITermSink
{
    /// <summary>What a further term of a position counts beside its first one, so that of two texts the one that has a word itself comes first.</summary>
    public const float VariantWeight = 0.75f;

    private readonly Dictionary<string, int> _strings = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> _lookup;
    private readonly List<TermCount> _counts = [];
    private int _position;

    public TermCounter() => _lookup = _strings.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>What a position counts.</summary>
    public float Weight { get; set; } = 1;

    /// <summary>The weights of all positions since the last reset.</summary>
    public double Total { get; private set; }

    /// <summary>The different terms since the last reset.</summary>
    public IReadOnlyList<TermCount> Counts => _counts;

    public void Add(ReadOnlySpan<char> term)
    {
        Total += Weight;
        _position++;
        Count(term, Weight);
    }

    public void AddVariant(ReadOnlySpan<char> term) => Count(term, Weight * VariantWeight);

    /// <summary>Starts another document.</summary>
    public void Reset()
    {
        _counts.Clear();
        _position = 0;
        Total = 0;
        Weight = 1;
    }

    private void Count(ReadOnlySpan<char> term, float weight)
    {
        // The index is that of the term's count, or of another term's in a document before.
        ref int index = ref CollectionsMarshal.GetValueRefOrAddDefault(_lookup, term, out bool known);
        if (known && index < _counts.Count)
        {
            ref TermCount count = ref CollectionsMarshal.AsSpan(_counts)[index];
            if (term.SequenceEqual(count.Term))
            {
                count = count.Position == _position ? count : new TermCount(count.Term, count.Weight + weight, _position);
                return;
            }
        }

        index = _counts.Count;
        _lookup.TryGetValue(term, out string? text, out _);
        _counts.Add(new TermCount(text!, weight, _position));
    }
}
