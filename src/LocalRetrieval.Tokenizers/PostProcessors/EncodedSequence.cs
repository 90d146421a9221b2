using System.Runtime.InteropServices;

namespace LocalRetrieval.Tokenizers.PostProcessors;

/// <summary>
/// Tokens on their way to a <see cref="TokenEncoding"/>, with the windows that truncation left over. Appending combines the
/// windows of both sides, in the reference's order.
/// </summary>
internal sealed class EncodedSequence
{
    private readonly List<int> _ids = [];
    private readonly List<int> _typeIds = [];
    private readonly List<int> _specialTokensMask = [];
    private readonly List<int> _attentionMask = [];
    private readonly List<string> _tokens = [];
    private readonly List<TokenOffset> _offsets = [];
    private readonly List<int?> _sequenceIds = [];

    /// <summary>The windows that truncation left over; they have none themselves.</summary>
    public List<EncodedSequence> Overflow { get; private init; } = [];

    public int Count => _ids.Count;

    /// <summary>The text that the offsets are of; null once tokens of several texts are joined.</summary>
    public string? Text { get; init; }

    public IReadOnlyList<string> Tokens => _tokens;

    /// <summary>The part of its text that each token comes from, to be changed in place.</summary>
    public Span<TokenOffset> Offsets => CollectionsMarshal.AsSpan(_offsets);

    public void AddToken(int id, string token, TokenOffset offset, int sequence) =>
        Add(id, token, offset, typeId: sequence, special: 0, sequence);

    public void AddSpecialToken(int id, string token, int typeId) => Add(id, token, default, typeId, special: 1, sequenceId: null);

    /// <summary>The tokens of a range, with the same values.</summary>
    public EncodedSequence Slice(Range range)
    {
        EncodedSequence slice = new() { Text = Text };
        slice.AppendTokens(this, range);
        return slice;
    }

    /// <summary>A copy whose tokens have that type id; as in the reference, its overflow keeps its own.</summary>
    public EncodedSequence WithTypeId(int typeId)
    {
        EncodedSequence copy = new() { Overflow = [.. Overflow], Text = Text };
        copy.AppendTokens(this, Range.All);
        for (int i = 0; i < copy._typeIds.Count; i++)
        {
            copy._typeIds[i] = typeId;
        }

        return copy;
    }

    /// <summary>Appends tokens, and to each window as well.</summary>
    public void Append(EncodedSequence other)
    {
        List<EncodedSequence> overflow = [];
        foreach (EncodedSequence window in Overflow)
        {
            overflow.Add(Join(window, other));
            overflow.AddRange(other.Overflow.Select(otherWindow => Join(window, otherWindow)));
        }

        overflow.AddRange(other.Overflow.Select(otherWindow => Join(this, otherWindow)));
        AppendTokens(other, Range.All);
        Overflow.Clear();
        Overflow.AddRange(overflow);
    }

    /// <summary>Fills up the tokens and those of each window; what is as long stays as it is.</summary>
    public void Pad(int length, PaddingOptions options)
    {
        foreach (EncodedSequence window in Overflow)
        {
            window.Pad(length, options);
        }

        int count = length - Count;
        if (count <= 0)
        {
            return;
        }

        int at = options.Direction == PaddingDirection.Left ? 0 : Count;
        _ids.InsertRange(at, Enumerable.Repeat(options.Id, count));
        _typeIds.InsertRange(at, Enumerable.Repeat(options.TypeId, count));
        _specialTokensMask.InsertRange(at, Enumerable.Repeat(1, count));
        _attentionMask.InsertRange(at, Enumerable.Repeat(0, count));
        _tokens.InsertRange(at, Enumerable.Repeat(options.Token, count));
        _offsets.InsertRange(at, Enumerable.Repeat(default(TokenOffset), count));
        _sequenceIds.InsertRange(at, Enumerable.Repeat<int?>(null, count));
    }

    /// <summary>Makes offsets in UTF-16 units, those of each window too, offsets in another unit.</summary>
    /// <param name="first">For each place of the first text the same in that unit.</param>
    /// <param name="second">The same for the second text; empty where there is none.</param>
    public void ConvertOffsets(int[] first, int[] second)
    {
        Overflow.ForEach(window => window.ConvertOffsets(first, second));
        Span<TokenOffset> offsets = Offsets;
        for (int i = 0; i < offsets.Length; i++)
        {
            if (_sequenceIds[i] is { } sequence)
            {
                int[] places = sequence == 0 ? first : second;
                offsets[i] = new TokenOffset(places[offsets[i].Start], places[offsets[i].End]);
            }
        }
    }

    public TokenEncoding ToEncoding() => new(
        [.. _ids],
        [.. _typeIds],
        [.. _specialTokensMask],
        [.. _attentionMask],
        [.. _tokens],
        [.. _offsets],
        [.. _sequenceIds],
        [.. Overflow.Select(window => window.ToEncoding())]);

    private static EncodedSequence Join(EncodedSequence first, EncodedSequence second)
    {
        EncodedSequence joined = new();
        joined.AppendTokens(first, Range.All);
        joined.AppendTokens(second, Range.All);
        return joined;
    }

    private void Add(int id, string token, TokenOffset offset, int typeId, int special, int? sequenceId)
    {
        _ids.Add(id);
        _typeIds.Add(typeId);
        _specialTokensMask.Add(special);
        _attentionMask.Add(1);
        _tokens.Add(token);
        _offsets.Add(offset);
        _sequenceIds.Add(sequenceId);
    }

    private void AppendTokens(EncodedSequence other, Range range)
    {
        (int start, int count) = range.GetOffsetAndLength(other._ids.Count);
        _ids.AddRange(other._ids.GetRange(start, count));
        _typeIds.AddRange(other._typeIds.GetRange(start, count));
        _specialTokensMask.AddRange(other._specialTokensMask.GetRange(start, count));
        _attentionMask.AddRange(other._attentionMask.GetRange(start, count));
        _tokens.AddRange(other._tokens.GetRange(start, count));
        _offsets.AddRange(other._offsets.GetRange(start, count));
        _sequenceIds.AddRange(other._sequenceIds.GetRange(start, count));
    }
}
