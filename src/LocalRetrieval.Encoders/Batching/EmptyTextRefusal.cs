using System.Globalization;

namespace LocalRetrieval.Encoders;

/// <summary>Refuses texts of which a tokenizer without special tokens leaves nothing to read, by their index.</summary>
internal static class EmptyTextRefusal
{
    /// <exception cref="ArgumentException">A text has no tokens.</exception>
    public static void Check(ReadOnlySpan<TokenizedText> texts, string parameter)
    {
        for (int i = 0; i < texts.Length; i++)
        {
            if (texts[i].Ids.Length == 0)
            {
                throw new ArgumentException(
                    string.Create(CultureInfo.InvariantCulture, $"The text at index {i} has no tokens: it is empty, or all of it is dropped by the tokenizer, which adds no special tokens. ") +
                    "There is nothing that the model could read: leave the text out.",
                    parameter);
            }
        }
    }
}
