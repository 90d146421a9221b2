namespace LocalRetrieval.Tokenizers.PostProcessors;

/// <summary>Puts one text or two together with special tokens. Implementations are immutable and thread-safe.</summary>
internal abstract class PostProcessor
{
    /// <summary>How many special tokens are added to one text, or to a pair.</summary>
    public abstract int CountSpecialTokens(bool pair);

    /// <summary>How many tokens <see cref="BuildInputs(ReadOnlySpan{int}, Span{int}, Span{int})"/> or its twin for pairs writes.</summary>
    /// <param name="first">The number of tokens of the first text.</param>
    /// <param name="second">The number of tokens of the second text, null where there is none.</param>
    public abstract int InputLength(int first, int? second);

    /// <summary>Puts the texts together.</summary>
    public abstract EncodedSequence Process(EncodedSequence first, EncodedSequence? second, bool addSpecialTokens);

    /// <summary>Writes the ids of one text and its special tokens; both destinations are exactly long enough.</summary>
    public abstract void BuildInputs(ReadOnlySpan<int> ids, Span<int> destination, Span<int> typeIds);

    /// <summary>Writes the ids of two texts and their special tokens; both destinations are exactly long enough.</summary>
    public abstract void BuildInputs(
        ReadOnlySpan<int> first, ReadOnlySpan<int> second, Span<int> destination, Span<int> typeIds);
}
