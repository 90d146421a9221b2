using System.Buffers;
using LocalRetrieval.Tokenizers.Unicode;

namespace LocalRetrieval.Tokenizers.Normalizers;

/// <summary>The decomposed characters of a part of a text, which are put in canonical order and composed again.</summary>
/// <param name="initial">Room for most texts; more is rented.</param>
internal ref struct CharacterParts(Span<CharacterPart> initial)
{
    /// <summary>Runs of marks up to this length are ordered by insertion; a longer one, which no language has, by sorting.</summary>
    private const int LongestInserted = 16;

    private Span<CharacterPart> _parts = initial;
    private CharacterPart[]? _rented;
    private int _count;

    public readonly ReadOnlySpan<CharacterPart> Parts => _parts[.._count];

    public void Clear() => _count = 0;

    /// <summary>Adds the full decomposition of a character.</summary>
    public void AddDecomposed(int codePoint, bool compatibility)
    {
        if (_count + Decompositions.MaxLength > _parts.Length)
        {
            Grow();
        }

        ReadOnlySpan<int> parts = compatibility ? Decompositions.OfCompatibility(codePoint) : UnicodeCharacters.Decomposition(codePoint);
        if (parts.Length > 0)
        {
            Add(parts);
        }
        else if (UnicodeCharacters.IsHangulSyllable(codePoint))
        {
            AddHangul(codePoint);
        }
        else
        {
            Add(new ReadOnlySpan<int>(in codePoint));
        }
    }

    /// <summary>Puts marks in a row in the order of their classes.</summary>
    public readonly void Order()
    {
        for (int start = 0; start < _count; start++)
        {
            int end = start;
            bool isOrdered = true;
            while (end < _count && _parts[end].CombiningClass != 0)
            {
                isOrdered &= end == start || _parts[end].CombiningClass >= _parts[end - 1].CombiningClass;
                end++;
            }

            if (!isOrdered)
            {
                Order(_parts[start..end]);
            }

            start = end;
        }
    }

    /// <summary>
    /// Composes what is in canonical order. A mark is blocked from the character before the marks by one between them that stayed and
    /// whose class is not lower.
    /// </summary>
    public void Compose()
    {
        int starter = -1;
        int written = 0;
        for (int i = 0; i < _count; i++)
        {
            CharacterPart part = _parts[i];
            bool isBlocked = starter < 0 || (written - 1 > starter && _parts[written - 1].CombiningClass >= part.CombiningClass);
            int composite = isBlocked ? 0 : Compositions.Compose(_parts[starter].CodePoint, part.CodePoint);
            if (composite != 0)
            {
                _parts[starter] = _parts[starter] with { CodePoint = composite, Change = _parts[starter].Change + part.Change - 1 };
                continue;
            }

            starter = part.CombiningClass == 0 ? written : starter;
            _parts[written++] = part;
        }

        _count = written;
    }

    public readonly void Dispose()
    {
        if (_rented is not null)
        {
            ArrayPool<CharacterPart>.Shared.Return(_rented);
        }
    }

    private static void Order(Span<CharacterPart> marks)
    {
        if (marks.Length > LongestInserted)
        {
            marks.Sort(static (left, right) => left == right ? 0 : left.Follows(right) ? 1 : -1);
            return;
        }

        for (int i = 1; i < marks.Length; i++)
        {
            CharacterPart mark = marks[i];
            int at = i;
            for (; at > 0 && marks[at - 1].Follows(mark); at--)
            {
                marks[at] = marks[at - 1];
            }

            marks[at] = mark;
        }
    }

    private void AddHangul(int syllable)
    {
        Span<int> parts = stackalloc int[3];
        Add(parts[..UnicodeCharacters.Decompose(syllable, parts)]);
    }

    private void Add(scoped ReadOnlySpan<int> parts)
    {
        int count = _count;
        for (int i = 0; i < parts.Length; i++)
        {
            _parts[count] = new CharacterPart(parts[i], UnicodeCharacters.CombiningClass(parts[i]), i == 0 ? 0 : 1, count);
            count++;
        }

        _count = count;
    }

    private void Grow()
    {
        CharacterPart[] grown = ArrayPool<CharacterPart>.Shared.Rent(_parts.Length * 2);
        _parts[.._count].CopyTo(grown);
        Dispose();
        _parts = _rented = grown;
    }
}
