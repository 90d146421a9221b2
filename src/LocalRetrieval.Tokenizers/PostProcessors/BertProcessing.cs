using LocalRetrieval.Tokenizers.Json;

namespace LocalRetrieval.Tokenizers.PostProcessors;

/// <summary>"BertProcessing": the template [CLS] A [SEP], or [CLS] A [SEP] B [SEP], with type id 1 from B on.</summary>
internal static class BertProcessing
{
    /// <summary>Reads the component's section.</summary>
    public static TemplateProcessing Read(JsonField section)
    {
        (string separator, int separatorId) = ReadToken(section["sep"]);
        (string start, int startId) = ReadToken(section["cls"]);
        TemplatePiece[] single =
        [
            TemplatePiece.ForSpecialToken(startId, start, 0),
            TemplatePiece.ForText(0, 0),
            TemplatePiece.ForSpecialToken(separatorId, separator, 0),
        ];
        return new TemplateProcessing(
            single,
            [.. single, TemplatePiece.ForText(1, 1), TemplatePiece.ForSpecialToken(separatorId, separator, 1)]);
    }

    private static (string Token, int Id) ReadToken(JsonField field)
    {
        JsonField[] parts = [.. field.Elements()];
        return parts.Length == 2
            ? (parts[0].String(), parts[1].Id())
            : throw field.Invalid($"an array of {parts.Length}", "a token and its id");
    }
}
