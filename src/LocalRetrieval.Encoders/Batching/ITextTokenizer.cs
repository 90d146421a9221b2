namespace LocalRetrieval.Encoders;

/// <summary>Turns texts into what a model reads of them.</summary>
/// <remarks>Immutable; safe for concurrent use. As a counter it counts what a text may have beside the longest prompt.</remarks>
internal interface ITextTokenizer : ITokenCounter
{
    /// <summary>What the model reads at most, prompt and special tokens included; null where there is no limit.</summary>
    int? MaxRowTokens { get; }

    /// <summary>One text, its prompt before it, cut to what the model reads.</summary>
    TokenizedText Tokenize(string text);

    /// <summary>One text, its prompt before it, in windows of what the model reads; one window where that is no less than the text.</summary>
    /// <param name="text">The text with its prompt.</param>
    /// <param name="prompt">The prompt's tokens when it stands alone.</param>
    /// <param name="windows">How windows overlap.</param>
    TokenizedText[] TokenizeWindows(string text, int[] prompt, ChunkWindows windows);

    /// <summary>The tokens of a text that stands alone, without special tokens.</summary>
    int[] Encode(string text);

    /// <summary>How many of a text's first tokens are the prompt's.</summary>
    int CountPromptTokens(string prompt);
}
