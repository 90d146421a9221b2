using System.Runtime.CompilerServices;
using System.Text;

namespace LocalRetrieval.Rag;

/// <summary>Halves of surrogate pairs that stand alone, which most models refuse.</summary>
internal static class LoneSurrogates
{
    /// <summary>Where the first is; -1 where the text is well-formed UTF-16.</summary>
    public static int IndexIn(string text)
    {
        for (int index = 0; index < text.Length; index++)
        {
            if (!char.IsSurrogate(text[index]))
            {
                continue;
            }

            if (index + 1 == text.Length || !char.IsSurrogatePair(text[index], text[index + 1]))
            {
                return index;
            }

            index++;
        }

        return -1;
    }

    /// <summary>The text with U+FFFD in their places.</summary>
    public static string Replace(string text) => IndexIn(text) < 0 ? text : Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));

    /// <summary>Refuses a source's name that has one: keys are hashes of the name's UTF-8, in which all lone surrogates are alike.</summary>
    /// <exception cref="ArgumentException">The name has a lone surrogate.</exception>
    public static void ThrowIfInName(string source, [CallerArgumentExpression(nameof(source))] string? parameter = null)
    {
        int index = IndexIn(source);
        if (index >= 0)
        {
            throw new ArgumentException(
                $"The source's name has a lone surrogate, U+{(int)source[index]:X4}, at {index} (in UTF-16 units), so that its passages would have the keys of another source's. "
                    + "Mend the name.",
                parameter);
        }
    }

    /// <summary>Says of which source a model refused the text, and where the first lone surrogate stands in it.</summary>
    public static ArgumentException Refused(string source, string text, ArgumentException refusal)
    {
        int index = IndexIn(text);
        return new ArgumentException(
            $"The text of '{source}' has a lone surrogate, U+{(int)text[index]:X4}, at {index} (in UTF-16 units). "
                + "Mend the text, or have the embedding generator replace lone surrogates.",
            refusal);
    }
}
