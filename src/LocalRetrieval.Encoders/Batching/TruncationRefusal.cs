using System.Globalization;

namespace LocalRetrieval.Encoders;

/// <summary>Refuses texts that are longer than the model reads, by their index.</summary>
internal static class TruncationRefusal
{
    /// <exception cref="ArgumentException">Tokens of a text were cut off.</exception>
    public static void Check(TokenizedText[] texts, string modelId, string parameter)
    {
        int index = Array.FindIndex(texts, text => text.DroppedTokens > 0);
        if (index < 0)
        {
            return;
        }

        int others = texts.Count(text => text.DroppedTokens > 0) - 1;
        throw new ArgumentException(
            string.Create(CultureInfo.InvariantCulture, $"The text at index {index} has {texts[index].Ids.Length + texts[index].DroppedTokens} tokens, its prompt and the special tokens included, ") +
            string.Create(CultureInfo.InvariantCulture, $"but the model '{modelId}' would read {texts[index].Ids.Length} and drop {texts[index].DroppedTokens}{(others == 0 ? "" : $"; {others} more are too long")}. ") +
            "Cut it into passages, or set Truncation to Truncate or ChunkAndPool.",
            parameter);
    }
}
