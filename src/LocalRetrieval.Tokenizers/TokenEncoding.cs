namespace LocalRetrieval.Tokenizers;

/// <summary>The tokens of one text or of a pair. All lists have <see cref="Count"/> elements, except <see cref="Overflow"/>.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed class TokenEncoding
{
    internal TokenEncoding(
        int[] ids,
        int[] typeIds,
        int[] specialTokensMask,
        int[] attentionMask,
        string[] tokens,
        TokenOffset[] offsets,
        int?[] sequenceIds,
        TokenEncoding[] overflow)
    {
        Ids = ids;
        TypeIds = typeIds;
        SpecialTokensMask = specialTokensMask;
        AttentionMask = attentionMask;
        Tokens = tokens;
        Offsets = offsets;
        SequenceIds = sequenceIds;
        Overflow = overflow;
    }

    /// <summary>The number of tokens.</summary>
    public int Count => Ids.Count;

    /// <summary>The ids of the tokens.</summary>
    public IReadOnlyList<int> Ids { get; }

    /// <summary>The type ids ("token type ids", "segment ids") of the tokens.</summary>
    public IReadOnlyList<int> TypeIds { get; }

    /// <summary>1 for a token that post-processing or padding added, 0 for one that the text has.</summary>
    public IReadOnlyList<int> SpecialTokensMask { get; }

    /// <summary>0 for a token that padding added, 1 for any other.</summary>
    public IReadOnlyList<int> AttentionMask { get; }

    /// <summary>The tokens.</summary>
    public IReadOnlyList<string> Tokens { get; }

    /// <summary>The part of its text that each token comes from; empty at 0 for a token that the text does not have.</summary>
    public IReadOnlyList<TokenOffset> Offsets { get; }

    /// <summary>0 for a token of the first text, 1 for one of the second, null for one that neither has.</summary>
    public IReadOnlyList<int?> SequenceIds { get; }

    /// <summary>What truncation left over: further encodings, each no longer than this one may be, and filled up as it is.</summary>
    public IReadOnlyList<TokenEncoding> Overflow { get; }
}
