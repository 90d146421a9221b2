using System.IO.Compression;
using UglyToad.PdfPig.Core;
using UglyToad.PdfPig.Filters;
using UglyToad.PdfPig.Tokens;

namespace LocalRetrieval.Documents.Parsing;

/// <summary>A filter whose output is counted, and refused where parsing it would end the process.</summary>
/// <param name="filter">The filter; null passes bytes through.</param>
/// <param name="guard">What reading may cost.</param>
internal sealed class GuardedFilter(IFilter? filter, ParsingGuard guard) : IFilter
{
    // The most that one byte of deflate expands to, and one of LZW, whose codes of 9 bits stand for at most 4,096 bytes.
    private const int MostOfFlate = 1032;
    private const int MostOfLzw = 3700;
    private const int Header = 2;

    /// <inheritdoc />
    public bool IsSupported => filter?.IsSupported ?? true;

    /// <inheritdoc />
    public Memory<byte> Decode(Memory<byte> input, DictionaryToken streamDictionary, IFilterProvider filterProvider, int filterIndex)
    {
        guard.ThrowIfOver();
        if (filter is FlateFilter && input.Length * (long)MostOfFlate > guard.Remaining)
        {
            CountFlate(input);
        }
        else if (filter is LzwFilter && input.Length * (long)MostOfLzw > Math.Max(guard.Remaining, 1 << 28))
        {
            guard.AddExpanded(input.Length * (long)MostOfLzw);
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

    private void CountFlate(Memory<byte> input)
    {
        byte[] bytes = input[Math.Min(Header, input.Length)..].ToArray();
        byte[] buffer = new byte[64 * 1024];
        using DeflateStream deflate = new(new MemoryStream(bytes), CompressionMode.Decompress);
        long total = 0;
        try
        {
            for (int read; (read = deflate.Read(buffer)) > 0 && total <= guard.Remaining;)
            {
                total += read;
            }
        }
        catch (InvalidDataException)
        {
            // A broken stream gives what came before the break: the filter says the same.
        }

        if (total > guard.Remaining)
        {
            guard.AddExpanded(total);
        }
    }
}
