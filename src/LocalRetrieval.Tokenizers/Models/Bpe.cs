using System.Globalization;
using System.Text;
using LocalRetrieval.Tokenizers.Json;

namespace LocalRetrieval.Tokenizers.Models;

/// <summary>"BPE": the characters of a word, merged two by two in the order of the merges.</summary>
internal sealed class Bpe : Model
{
    /// <summary>The characters of a byte-level vocabulary are below, and looked up in a table.</summary>
    private const int TableLength = 0x180;

    private readonly BpeMergeTable _merges;
    private readonly BpeOptions _options;
    private readonly WordCache _cache = new();
    private readonly SpaceCuts _spaceCuts;
    private readonly int[] _characterIds = new int[TableLength];
    private readonly int[]? _byteIds;
    private readonly bool _hasAffixes;

    public Bpe(Vocabulary vocabulary, BpeMergeTable merges, BpeOptions options)
    {
        Vocabulary = vocabulary;
        _merges = merges;
        _options = options;
        _hasAffixes = options.ContinuingPrefix.Length + options.EndSuffix.Length > 0;
        for (int i = 0; i < TableLength; i++)
        {
            _characterIds[i] = vocabulary.Id([(char)i]) ?? -1;
        }

        if (options.ByteFallback)
        {
            _byteIds = [.. Enumerable.Range(0, 256)
                .Select(value => vocabulary.Id(string.Create(CultureInfo.InvariantCulture, $"<0x{value:X2}>")) ?? -1)];
        }

        _spaceCuts = new SpaceCuts(vocabulary, merges, options, _byteIds);
    }

    public override Vocabulary Vocabulary { get; }

    public override UnknownToken? Unknown => _options.Unknown;

    /// <summary>Reads the component's section.</summary>
    /// <exception cref="InvalidDataException">A merge names what is no token, or a field is missing, wrong or not supported.</exception>
    public static Bpe Read(JsonField section) => BpeReader.Read(section);

    public override void Tokenize(ReadOnlySpan<char> word, TokenBuffer tokens)
    {
        for (int start = 0; start < word.Length;)
        {
            int end = _spaceCuts.NextCut(word, start);
            int first = tokens.Count;
            TokenizePart(word[start..end], tokens);
            tokens.MoveRanges(first, start);
            start = end;
        }
    }

    private void TokenizePart(ReadOnlySpan<char> part, TokenBuffer tokens)
    {
        if (_cache.TryAdd(part, tokens, out int slot))
        {
            return;
        }

        int first = tokens.Count;
        if (_options.IgnoreMerges && Vocabulary.Id(part) is { } id)
        {
            tokens.Add(id, 0, part.Length);
        }
        else
        {
            Merge(part, tokens);
        }

        _cache.Keep(part, slot, tokens, first);
    }

    private void Merge(ReadOnlySpan<char> part, TokenBuffer tokens)
    {
        BpeWord symbols = BpeWord.OfThread;
        AddCharacters(part, symbols);
        symbols.Merge(_merges);
        if (tokens.TracksRanges)
        {
            AddTokens(part, symbols, tokens);
            return;
        }

        foreach (int symbol in symbols.Ids)
        {
            tokens.Add(symbol, 0, 0);
        }
    }

    private void AddCharacters(ReadOnlySpan<char> word, BpeWord symbols)
    {
        int unknownLength = 0;
        for (int i = 0; i < word.Length;)
        {
            int units = char.IsHighSurrogate(word[i]) ? 2 : 1;
            ReadOnlySpan<char> character = word.Slice(i, units);
            int bytes = ByteCount(character);
            int id = CharacterId(character, isFirst: i == 0, isLast: i + units == word.Length);
            i += units;
            if (id >= 0)
            {
                AddUnknown(ref unknownLength, symbols);
                symbols.Add(id, bytes);
            }
            else if (!TryAddBytes(character, symbols) && _options.Unknown is not null)
            {
                // As in the reference, an unknown character waits for the next known one, and bytes overtake it.
                if (!_options.FuseUnknown)
                {
                    AddUnknown(ref unknownLength, symbols);
                }

                unknownLength += bytes;
            }
        }

        AddUnknown(ref unknownLength, symbols);
    }

    private int CharacterId(ReadOnlySpan<char> character, bool isFirst, bool isLast)
    {
        if (!_hasAffixes)
        {
            return character[0] < TableLength ? _characterIds[character[0]] : Vocabulary.Id(character) ?? -1;
        }

        return Vocabulary.Id(string.Concat(isFirst ? "" : _options.ContinuingPrefix, character, isLast ? _options.EndSuffix : "")) ?? -1;
    }

    private void AddUnknown(ref int length, BpeWord symbols)
    {
        if (length > 0)
        {
            symbols.Add(_options.Unknown!.Id, length);
            length = 0;
        }
    }

    private bool TryAddBytes(ReadOnlySpan<char> character, BpeWord symbols)
    {
        if (_byteIds is null)
        {
            return false;
        }

        Span<byte> bytes = stackalloc byte[4];
        bytes = bytes[..Encoding.UTF8.GetBytes(character, bytes)];
        foreach (byte value in bytes)
        {
            if (_byteIds[value] < 0)
            {
                return false;
            }
        }

        foreach (byte value in bytes)
        {
            symbols.Add(_byteIds[value], 1);
        }

        return true;
    }

    /// <summary>
    /// Adds the symbols with the characters that their bytes are of. As in the reference, the bytes of a symbol follow those of the
    /// one before it, even where a character between them was left out.
    /// </summary>
    private static void AddTokens(ReadOnlySpan<char> word, BpeWord symbols, TokenBuffer tokens)
    {
        int unit = 0;
        int unitBytes = 0;
        int done = 0;
        for (int i = 0; i < symbols.Count; i++)
        {
            int start = MoveTo(word, done);
            done += symbols.Lengths[i];
            int last = MoveTo(word, done - 1);
            tokens.Add(symbols.Ids[i], start, last + Units(word, last));
        }

        int MoveTo(ReadOnlySpan<char> text, int byteIndex)
        {
            while (true)
            {
                int units = Units(text, unit);
                int bytes = ByteCount(text.Slice(unit, units));
                if (unitBytes + bytes > byteIndex)
                {
                    return unit;
                }

                unitBytes += bytes;
                unit += units;
            }
        }
    }

    private static int Units(ReadOnlySpan<char> text, int index) => char.IsHighSurrogate(text[index]) ? 2 : 1;

    private static int ByteCount(ReadOnlySpan<char> character) => character.Length == 2 ? 4 : character[0] switch
    {
        < '\u0080' => 1,
        < '\u0800' => 2,
        _ => 3,
    };
}
