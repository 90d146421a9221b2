using System.Text;
using LocalRetrieval.Tokenizers.Unicode;

namespace LocalRetrieval.Tokenizers.Tests.Normalizers;

/// <summary>The BERT normalizer as the reference has it: one pass over the text for each step, origins carried along.</summary>
internal sealed class NaiveNormalizedText(string text)
{
    private List<(int CodePoint, (int Start, int End) Origin)> _characters = [.. Characters(text)];

    /// <summary>The origin of each UTF-16 unit.</summary>
    public IEnumerable<(int Start, int End)> Origins =>
        _characters.SelectMany(character => Enumerable.Repeat(character.Origin, new Rune(character.CodePoint).Utf16SequenceLength));

    public void NormalizeAsBert(bool cleanText, bool handleChineseChars, bool stripAccents, bool lowercase)
    {
        if (cleanText)
        {
            _characters.RemoveAll(character => character.CodePoint is not ('\t' or '\n' or '\r')
                && (character.CodePoint == 0xFFFD || Is(character.CodePoint, CharacterKinds.Other)));
            _characters = [.. _characters.Select(character =>
                (Is(character.CodePoint, CharacterKinds.WhiteSpace) ? ' ' : character.CodePoint, character.Origin))];
        }

        if (handleChineseChars)
        {
            Replace(codePoint => Is(codePoint, CharacterKinds.Chinese) ? [' ', codePoint, ' '] : [codePoint]);
        }

        if (stripAccents)
        {
            DecomposeCanonically();
            _characters.RemoveAll(character => Is(character.CodePoint, CharacterKinds.NonspacingMark));
        }

        if (lowercase)
        {
            Replace(codePoint => codePoint == 0x130 ? ['i', 0x307] : [UnicodeCharacters.ToLower(codePoint)]);
        }
    }

    public override string ToString() => string.Concat(_characters.Select(character => new Rune(character.CodePoint).ToString()));

    private static bool Is(int codePoint, CharacterKinds kind) => (UnicodeCharacters.Kinds(codePoint) & kind) != 0;

    private static IEnumerable<(int CodePoint, (int Start, int End) Origin)> Characters(string text)
    {
        int start = 0;
        foreach (Rune rune in text.EnumerateRunes())
        {
            int end = start + rune.Utf16SequenceLength;
            yield return (rune.Value, (start, end));
            start = end;
        }
    }

    private void Replace(Func<int, int[]> replacement) => _characters =
        [.. _characters.SelectMany(character => replacement(character.CodePoint).Select(codePoint => (codePoint, character.Origin)))];

    private void DecomposeCanonically()
    {
        List<(int CodePoint, bool IsAdded)> parts = [];
        int[] buffer = new int[4];
        foreach ((int codePoint, _) in _characters)
        {
            int count = UnicodeCharacters.Decompose(codePoint, buffer);
            parts.AddRange(buffer.Take(count).Select((part, i) => (part, i > 0)));
        }

        int start = 0;
        List<(int CodePoint, bool IsAdded)> ordered = [];
        for (int i = 0; i <= parts.Count; i++)
        {
            if (i == parts.Count || UnicodeCharacters.CombiningClass(parts[i].CodePoint) == 0)
            {
                ordered.AddRange(parts[start..i].OrderBy(part => UnicodeCharacters.CombiningClass(part.CodePoint)));
                start = i;
            }
        }

        // What is not an added part takes the next character's origin, in the text's order; an added part shares the one before.
        int next = 0;
        _characters = [.. ordered.Select(part => (part.CodePoint, _characters[part.IsAdded ? next - 1 : next++].Origin)).ToArray()];
    }
}
