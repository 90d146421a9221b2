using LocalRetrieval.Tokenizers.Json;

namespace LocalRetrieval.Tokenizers.PostProcessors;

/// <summary>"RobertaProcessing": trims offsets, then the template [CLS] A [SEP], or [CLS] A [SEP] [SEP] B [SEP], with type id 0.</summary>
internal sealed class RobertaProcessing(TemplateProcessing template, bool trimOffsets, bool addPrefixSpace) : PostProcessor
{
    /// <summary>Reads the component's section.</summary>
    public static RobertaProcessing Read(JsonField section)
    {
        TemplatePiece separator = ReadToken(section["sep"]);
        TemplatePiece start = ReadToken(section["cls"]);
        TemplatePiece[] single = [start, TemplatePiece.ForText(0, 0), separator];
        TemplateProcessing template = new(single, [.. single, separator, TemplatePiece.ForText(1, 0), separator]);
        return new RobertaProcessing(template, section["trim_offsets"].Boolean(), section["add_prefix_space"].Boolean());
    }

    public override int CountSpecialTokens(bool pair) => template.CountSpecialTokens(pair);

    public override int InputLength(int first, int? second) => template.InputLength(first, second);

    public override EncodedSequence Process(EncodedSequence first, EncodedSequence? second, bool addSpecialTokens)
    {
        if (trimOffsets)
        {
            OffsetTrimming.Trim(first, addPrefixSpace);
            if (second is not null)
            {
                OffsetTrimming.Trim(second, addPrefixSpace);
            }
        }

        // As in the reference, windows keep their type id where no special tokens are put around them.
        if (addSpecialTokens && second is not null)
        {
            List<EncodedSequence> windows = [.. second.Overflow.Select(window => window.WithTypeId(0))];
            second.Overflow.Clear();
            second.Overflow.AddRange(windows);
        }

        return template.Process(first, second, addSpecialTokens);
    }

    public override void BuildInputs(ReadOnlySpan<int> ids, Span<int> destination, Span<int> typeIds) =>
        template.BuildInputs(ids, destination, typeIds);

    public override void BuildInputs(ReadOnlySpan<int> first, ReadOnlySpan<int> second, Span<int> destination, Span<int> typeIds) =>
        template.BuildInputs(first, second, destination, typeIds);

    private static TemplatePiece ReadToken(JsonField field)
    {
        JsonField[] parts = [.. field.Elements()];
        return parts.Length == 2
            ? TemplatePiece.ForSpecialToken(parts[1].Id(), parts[0].String(), 0)
            : throw field.Invalid($"an array of {parts.Length}", "a token and its id");
    }
}
