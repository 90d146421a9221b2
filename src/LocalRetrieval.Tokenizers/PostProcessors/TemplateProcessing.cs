using LocalRetrieval.Tokenizers.Json;

namespace LocalRetrieval.Tokenizers.PostProcessors;

/// <summary>"TemplateProcessing": texts and special tokens in the order that a template gives.</summary>
internal sealed class TemplateProcessing(IReadOnlyList<TemplatePiece> single, IReadOnlyList<TemplatePiece> pair) : PostProcessor
{
    private readonly TemplatePiece[] _single = [.. single];
    private readonly TemplatePiece[] _pair = [.. pair];
    private readonly int _singleSpecialTokens = single.Sum(piece => piece.Ids.Length);
    private readonly int _pairSpecialTokens = pair.Sum(piece => piece.Ids.Length);

    /// <summary>What a file without a post-processor asks for: the texts, one after the other.</summary>
    public static TemplateProcessing None { get; } =
        new([TemplatePiece.ForText(0, 0)], [TemplatePiece.ForText(0, 0), TemplatePiece.ForText(1, 1)]);

    /// <summary>Reads the component's section.</summary>
    public static TemplateProcessing Read(JsonField section)
    {
        JsonField specialTokens = section["special_tokens"];
        foreach ((_, JsonField token) in specialTokens.Members())
        {
            _ = token["id"].String();
        }

        return new TemplateProcessing(
            [.. section["single"].Elements().Select(piece => ReadPiece(piece, specialTokens, pair: false))],
            [.. section["pair"].Elements().Select(piece => ReadPiece(piece, specialTokens, pair: true))]);
    }

    public override int CountSpecialTokens(bool pair) => pair ? _pairSpecialTokens : _singleSpecialTokens;

    public override int InputLength(int first, int? second)
    {
        int length = CountSpecialTokens(second is not null);
        foreach (TemplatePiece piece in second is null ? _single : _pair)
        {
            length += piece.Sequence switch { 0 => first, 1 => second ?? 0, _ => 0 };
        }

        return length;
    }

    public override EncodedSequence Process(EncodedSequence first, EncodedSequence? second, bool addSpecialTokens)
    {
        EncodedSequence result = new();
        foreach (TemplatePiece piece in second is null ? _single : _pair)
        {
            if (piece.Sequence is { } sequence)
            {
                result.Append((sequence == 0 ? first : second!).WithTypeId(piece.TypeId));
            }
            else if (addSpecialTokens)
            {
                result.Append(SpecialTokens(piece));
            }
        }

        return result;
    }

    public override void BuildInputs(ReadOnlySpan<int> ids, Span<int> destination, Span<int> typeIds) =>
        Build(_single, ids, [], destination, typeIds);

    public override void BuildInputs(ReadOnlySpan<int> first, ReadOnlySpan<int> second, Span<int> destination, Span<int> typeIds) =>
        Build(_pair, first, second, destination, typeIds);

    private static void Build(
        TemplatePiece[] pieces, ReadOnlySpan<int> first, ReadOnlySpan<int> second, Span<int> destination, Span<int> typeIds)
    {
        foreach (TemplatePiece piece in pieces)
        {
            ReadOnlySpan<int> ids = piece.Sequence switch { 0 => first, 1 => second, _ => piece.Ids };
            ids.CopyTo(destination);
            typeIds[..ids.Length].Fill(piece.TypeId);
            destination = destination[ids.Length..];
            typeIds = typeIds[ids.Length..];
        }
    }

    private static EncodedSequence SpecialTokens(TemplatePiece piece)
    {
        EncodedSequence tokens = new();
        for (int i = 0; i < piece.Ids.Length; i++)
        {
            tokens.AddSpecialToken(piece.Ids[i], piece.Tokens[i], piece.TypeId);
        }

        return tokens;
    }

    private static TemplatePiece ReadPiece(JsonField field, JsonField specialTokens, bool pair)
    {
        if (field.Optional("Sequence") is { } text)
        {
            JsonField name = text["id"];
            int sequence = name.String() switch
            {
                "A" => 0,
                "B" when pair => 1,
                string other => throw name.Invalid($"'{other}'", pair ? "A, B" : "A"),
            };
            return TemplatePiece.ForText(sequence, text["type_id"].Id());
        }

        JsonField special = field["SpecialToken"];
        JsonField token = specialTokens[special["id"].String()];
        int[] ids = [.. token["ids"].Elements().Select(id => id.Id())];
        string[] tokens = [.. token["tokens"].Elements().Select(text => text.String())];
        return ids.Length == tokens.Length
            ? new TemplatePiece(null, special["type_id"].Id(), ids, tokens)
            : throw token.Invalid($"{ids.Length} ids for {tokens.Length} tokens", "one id for each token");
    }
}
