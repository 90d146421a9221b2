using UglyToad.PdfPig.Core;
using UglyToad.PdfPig.Filters;
using UglyToad.PdfPig.Tokens;

namespace LocalRetrieval.Documents.Parsing;

/// <summary>A filter whose output is counted, and refused where parsing it would end the process.</summary>
/// <param name="filter">The filter; null passes bytes through.</param>
/// <param name="guard">What reading may cost.</param>
internal sealed class GuardedFilter(IFilter? filter, ParsingGuard guard) : IFilter
{
    // The most that one byte of deflate or LZW expands to: shorter input needs no count.
    private const int MostOfByte = 3700;

    /// <inheritdoc />
    public bool IsSupported => filter?.IsSupported ?? true;

    /// <inheritdoc />
    public Memory<byte> Decode(Memory<byte> input, DictionaryToken streamDictionary, IFilterProvider filterProvider, int filterIndex)
    {
        guard.ThrowIfOver();
        if (filterIndex == 0)
        {
            guard.BeginStream(input.Length);
        }

        if (filter is CcittFaxDecodeFilter or DctDecodeFilter or Jbig2DecodeFilter or JpxDecodeFilter)
        {
            // Pictures have no text.
            return Memory<byte>.Empty;
        }

        // The first filter alone stays near the limit; what comes of the next is counted before it is kept.
        long limit = filterIndex == 0 ? guard.Remaining : guard.StreamLimit;
        if (input.Length * (long)MostOfByte > limit && LengthOf(input, limit) is var length && length > limit)
        {
            guard.AddExpanded(length);
        }

        Memory<byte> output = filter?.Decode(input, streamDictionary, filterProvider, filterIndex) ?? input;
        guard.AddExpanded(filter is null ? 0 : output.Length);
        if (Nesting.IsTooDeep(output.Span))
        {
            throw new PdfDocumentFormatException("The stream has arrays in arrays too deep to read.");
        }

        if (IsObjects(streamDictionary))
        {
            DefaultColourSpaces.Rename(output.Span);
        }

        return CompositeGlyphs.AreCyclic(output.Span) ? Memory<byte>.Empty : output;
    }

    private static bool IsObjects(DictionaryToken dictionary) =>
        dictionary.TryGet(NameToken.Type, out NameToken type) && type.Data == "ObjStm";

    private long LengthOf(Memory<byte> input, long limit) => filter switch
    {
        FlateFilter => ExpandedLength.OfFlate(input, limit),
        LzwFilter => ExpandedLength.OfLzw(input.Span),
        RunLengthFilter => ExpandedLength.OfRuns(input.Span),
        _ => 0,
    };
}
