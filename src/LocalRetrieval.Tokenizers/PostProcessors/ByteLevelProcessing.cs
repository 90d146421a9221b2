using LocalRetrieval.Tokenizers.ByteLevel;
using LocalRetrieval.Tokenizers.Json;

namespace LocalRetrieval.Tokenizers.PostProcessors;

/// <summary>"ByteLevel": trims offsets, and leaves the rest to the post-processor after it.</summary>
internal sealed class ByteLevelProcessing(bool trimOffsets, bool addPrefixSpace, PostProcessor next) : PostProcessor
{
    /// <summary>Reads the component's section.</summary>
    public static ByteLevelProcessing Read(JsonField section) => Read(section, TemplateProcessing.None);

    /// <summary>Reads the component's section, with the post-processor that comes after it.</summary>
    public static ByteLevelProcessing Read(JsonField section, PostProcessor next)
    {
        ByteLevelSettings settings = ByteLevelSettings.Read(section);
        return new ByteLevelProcessing(settings.TrimOffsets, settings.AddPrefixSpace, next);
    }

    public override int CountSpecialTokens(bool pair) => next.CountSpecialTokens(pair);

    public override int InputLength(int first, int? second) => next.InputLength(first, second);

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

        return next.Process(first, second, addSpecialTokens);
    }

    public override void BuildInputs(ReadOnlySpan<int> ids, Span<int> destination, Span<int> typeIds) =>
        next.BuildInputs(ids, destination, typeIds);

    public override void BuildInputs(ReadOnlySpan<int> first, ReadOnlySpan<int> second, Span<int> destination, Span<int> typeIds) =>
        next.BuildInputs(first, second, destination, typeIds);
}
