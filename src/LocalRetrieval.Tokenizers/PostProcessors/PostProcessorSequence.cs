using LocalRetrieval.Tokenizers.Json;

namespace LocalRetrieval.Tokenizers.PostProcessors;

/// <summary>
/// "Sequence": one post-processor after the other. Any number of "ByteLevel" may stand around one other: they trim offsets, and special
/// tokens have none. That others follow each other is refused.
/// </summary>
internal static class PostProcessorSequence
{
    private const string ByteLevel = "ByteLevel";
    private const string Template = "TemplateProcessing";

    /// <summary>Reads the component's section.</summary>
    public static PostProcessor Read(JsonField section)
    {
        PostProcessor last = TemplateProcessing.None;
        string? other = null;
        List<JsonField> trimming = [];
        foreach (JsonField processor in section["processors"].Elements())
        {
            string? type = processor.Optional("type")?.String();
            if (type == ByteLevel)
            {
                if (other is not null and not Template)
                {
                    throw processor.Invalid($"'{ByteLevel}' after '{other}'", $"{ByteLevel} before {other}, and around {Template}");
                }

                trimming.Add(processor);
            }
            else if (other is null)
            {
                last = ComponentRegistry.ReadPostProcessor(processor);
                other = type ?? "";
            }
            else
            {
                throw processor.Invalid($"'{type}' after '{other}'", $"{ByteLevel} around one other post-processor");
            }
        }

        foreach (JsonField processor in trimming.AsEnumerable().Reverse())
        {
            last = ByteLevelProcessing.Read(processor, last);
        }

        return last;
    }
}
