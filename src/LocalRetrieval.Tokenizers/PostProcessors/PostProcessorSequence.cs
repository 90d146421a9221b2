using LocalRetrieval.Tokenizers.Json;

namespace LocalRetrieval.Tokenizers.PostProcessors;

/// <summary>
/// "Sequence": one post-processor after the other. Any number of "ByteLevel" may come before one other; that others follow each
/// other is refused.
/// </summary>
internal static class PostProcessorSequence
{
    private const string ByteLevel = "ByteLevel";

    /// <summary>Reads the component's section.</summary>
    public static PostProcessor Read(JsonField section)
    {
        JsonField[] processors = [.. section["processors"].Elements()];
        PostProcessor? last = null;
        foreach (JsonField processor in processors.Reverse())
        {
            JsonField type = processor["type"];
            if (type.String() == ByteLevel)
            {
                last = ByteLevelProcessing.Read(processor, last ?? TemplateProcessing.None);
            }
            else if (last is null)
            {
                last = ComponentRegistry.ReadPostProcessor(processor);
            }
            else
            {
                throw type.Invalid($"'{type.String()}' before another post-processor", $"{ByteLevel} before another post-processor");
            }
        }

        return last ?? TemplateProcessing.None;
    }
}
