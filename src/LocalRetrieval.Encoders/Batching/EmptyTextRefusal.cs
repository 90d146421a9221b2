using System.Globalization;

namespace LocalRetrieval.Encoders;

/// <summary>Refuses texts of which a tokenizer without special tokens leaves nothing to read, by their index.</summary>
internal static class EmptyTextRefusal
{
    /// <param name="texts">The texts as they are read.</param>
    /// <param name="indexOf">The index that the caller knows a text by.</param>
    /// <param name="parameter">The parameter that they came in.</param>
    /// <exception cref="ArgumentException">A text has no tokens.</exception>
    public static void Check(TextWindows texts, Func<int, int> indexOf, string parameter)
    {
        for (int i = 0; i < texts.All.Length; i++)
        {
            if (texts.All[i].Ids.Length == 0)
            {
                throw new ArgumentException(
                    string.Create(CultureInfo.InvariantCulture, $"The text at index {indexOf(texts.TextOf(i))} has no tokens: it is empty, or all of it is dropped by the tokenizer, which adds no special tokens. ") +
                    "There is nothing that the model could read: leave the text out.",
                    parameter);
            }
        }
    }
}
