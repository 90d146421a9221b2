using System.Text;
using System.Text.Unicode;

namespace LocalRetrieval.Rag;

/// <summary>Decodes a document's bytes, and refuses what is no text, or text of an unknown encoding.</summary>
/// <remarks>
/// In this order: a byte order mark; UTF-16 and UTF-32 by their pattern of NULs; UTF-8; the encoding that the options name; Windows-1252
/// where nothing is UTF-8 beyond ASCII and all of it decodes to words.
/// </remarks>
internal static class TextDecoder
{
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The text of <paramref name="bytes"/>, without its byte order mark.</summary>
    /// <param name="bytes">The bytes.</param>
    /// <param name="source">The document's name, for messages.</param>
    /// <param name="fallback">The encoding of texts that are not marked and are no UTF-8; null where none is named.</param>
    /// <exception cref="InvalidDataException">Some bytes are no text; the message names the document, the place and what to do.</exception>
    public static string Decode(byte[] bytes, string source, Encoding? fallback = null)
    {
        GitLfsPointer.ThrowIfOne(bytes, source);
        if (ByteOrderMarks.Find(bytes) is { } marked)
        {
            return Decode(bytes, marked, marked.Preamble.Length, source);
        }

        return (NullPattern.Find(bytes) ?? (Utf8.IsValid(bytes) ? StrictUtf8 : null)) is { } encoding
            ? Decode(bytes, encoding, 0, source)
            : DecodeOther(bytes, source, fallback);
    }

    private static string DecodeOther(byte[] bytes, string source, Encoding? fallback)
    {
        Utf8Census census = Utf8Census.Take(bytes);
        bool isDamaged = (census.Forms > 0 || census.Valid > 0) && census.Valid + census.Forms >= census.Invalid && !IsWide(fallback);
        if (fallback is not null && !isDamaged)
        {
            return Decode(bytes, Strict(fallback), 0, source);
        }

        ThrowIfBinary(bytes, source);
        if (census.Valid + census.Forms == 0 && !IsCutOff(bytes, census) && Windows1252.Fits(bytes) && !EncodingGuess.ContradictsWindows1252(bytes, census.FirstInvalid))
        {
            return Windows1252.Encoding.GetString(bytes);
        }

        string byteAt = $"the byte 0x{bytes[census.FirstInvalid]:X2} at offset {census.FirstInvalid}";
        string? guess = isDamaged ? null : EncodingGuess.Find(bytes, census.FirstInvalid, census.Valid > 0);
        throw new InvalidDataException(guess is not null
            ? $"'{source}' is not UTF-8 ({byteAt}), and looks like {guess}. Save it as UTF-8, or name its encoding in {nameof(DocumentReadingOptions)}.{nameof(DocumentReadingOptions.Encoding)}."
            : $"'{source}' is damaged, or of an unknown encoding: {byteAt} is no UTF-8{(census.Valid > 0 ? ", and other characters are" : "")}. Mend it or save it anew as UTF-8.");
    }

    /// <summary>Whether a text ends within a character, rather than with the capital letter that Windows-1252 would make of the rest.</summary>
    private static bool IsCutOff(byte[] bytes, Utf8Census census) =>
        census is { EndsWithin: true, FirstInvalid: > 0 and int first } && char.IsAsciiLetterLower((char)bytes[first - 1]) && bytes[first] < 0xE0;

    private static string Decode(byte[] bytes, Encoding encoding, int start, string source)
    {
        string text;
        try
        {
            text = encoding.GetString(bytes, start, bytes.Length - start);
        }
        catch (DecoderFallbackException exception)
        {
            ThrowIfBinary(bytes, source, IsWide(encoding));
            throw new InvalidDataException(
                $"'{source}' is not {encoding.WebName}: the bytes at offset {exception.Index + start} are no text. Mend it or save it anew as UTF-8.", exception);
        }

        int control = BinaryContent.IndexOfControl(text);
        return control < 0 ? text : throw Binary(bytes, source, text[control], start + encoding.GetByteCount(text.AsSpan(0, control)));
    }

    private static bool IsWide(Encoding? encoding) => encoding?.GetByteCount("a") > 1;

    private static Encoding Strict(Encoding encoding)
    {
        Encoding strict = (Encoding)encoding.Clone();
        strict.DecoderFallback = DecoderFallback.ExceptionFallback;
        return strict;
    }

    private static void ThrowIfBinary(byte[] bytes, string source, bool isWide = false)
    {
        int control = isWide ? -1 : BinaryContent.IndexOfControl(bytes);
        if (control >= 0 || BinaryContent.KindOf(bytes) is not null)
        {
            throw Binary(bytes, source, control < 0 ? '\0' : (char)bytes[control], control);
        }
    }

    private static InvalidDataException Binary(byte[] bytes, string source, char control, int offset) =>
        new($"'{source}' is binary and no text: {BinaryContent.KindOf(bytes) ?? $"it has the control character U+{(int)control:X4} at offset {offset}"}. Leave it out, or add a reader for it.");
}
