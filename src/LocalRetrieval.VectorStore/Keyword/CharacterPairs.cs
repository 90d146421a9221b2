using System.Text;

namespace LocalRetrieval.VectorData.Keyword;

/// <summary>The overlapping pairs of characters that stand for the words of a script without spaces.</summary>
internal static class CharacterPairs
{
    /// <summary>Adds the pairs of the run that a text starts with.</summary>
    /// <returns>How many characters of <paramref name="text"/> the run takes.</returns>
    public static int Read(ReadOnlySpan<char> text, ITermSink terms)
    {
        int before = 0;
        int end = ReadCharacter(text, 0);
        if (ReadCharacter(text, end) == end)
        {
            terms.Add(text[..end]);
            return end;
        }

        for (int next = ReadCharacter(text, end); next > end; next = ReadCharacter(text, end))
        {
            terms.Add(text[before..next]);
            before = end;
            end = next;
        }

        return end;
    }

    /// <summary>Reads a character of a script without spaces, and the marks on it.</summary>
    /// <returns>Where it ends; <paramref name="start"/> where there is none.</returns>
    private static int ReadCharacter(ReadOnlySpan<char> text, int start)
    {
        int end = start;
        while (end < text.Length)
        {
            Rune.DecodeFromUtf16(text[end..], out Rune rune, out int consumed);
            if (CharacterClass.Of(rune) != (end == start ? CharacterKind.Unspaced : CharacterKind.Mark))
            {
                break;
            }

            end += consumed;
        }

        return end;
    }
}
