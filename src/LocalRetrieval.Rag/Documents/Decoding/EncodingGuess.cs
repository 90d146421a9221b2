using System.Text;
using UtfUnknown;

namespace LocalRetrieval.Rag;

/// <summary>Guesses the encoding of bytes that are neither marked nor UTF-8.</summary>
internal static class EncodingGuess
{
    private const int MaxLength = 64 * 1024;
    private const int LeastToJudge = 4;

    /// <summary>The guessed encoding's name; null where nothing is likely but Windows-1252, which is read without being named where the bytes are of it.</summary>
    /// <param name="bytes">The bytes.</param>
    /// <param name="offset">Where the first stands that is no UTF-8.</param>
    /// <param name="isMixed">Whether others are UTF-8, which no western text has by chance.</param>
    public static string? Find(byte[] bytes, int offset, bool isMixed)
    {
        IList<DetectionDetail> details = CharsetDetector.DetectFromBytes(Sample(bytes, offset)).Details ?? [];
        return isMixed && details is [{ } likeliest, ..] && IsWestern(likeliest.EncodingName) ? null
            : details.FirstOrDefault(detail => detail.Confidence >= 0.3f && !IsWestern(detail.EncodingName))?.EncodingName;
    }

    /// <summary>Whether bytes are likely to be of an encoding that makes another text of them than Windows-1252 does.</summary>
    public static bool ContradictsWindows1252(byte[] bytes, int offset)
    {
        byte[] sample = Sample(bytes, offset);
        return sample.Count(value => value >= 128) >= LeastToJudge
            && CharsetDetector.DetectFromBytes(sample).Detected is { Confidence: >= 0.5f } detected
            && !IsOfDos(detected.EncodingName)
            && !IsWestern(detected.EncodingName)
            && !(EncodingOf(detected.EncodingName) is { } encoding && encoding.GetString(sample) == Windows1252.Encoding.GetString(sample));
    }

    private static bool IsWestern(string name) => name is "windows-1252" or "iso-8859-1" or "iso-8859-15" or "ascii";

    // Those have letters where others have none, and so are guessed where few letters are beyond ASCII.
    private static bool IsOfDos(string name) => name.StartsWith("ibm", StringComparison.Ordinal) || name.StartsWith("x-mac", StringComparison.Ordinal);

    private static byte[] Sample(byte[] bytes, int offset)
    {
        int start = Math.Max(0, offset - 1024);
        return bytes[start..Math.Min(bytes.Length, start + MaxLength)];
    }

    private static Encoding? EncodingOf(string name)
    {
        try
        {
            return CodePagesEncodingProvider.Instance.GetEncoding(name) ?? Encoding.GetEncoding(name);
        }
        catch (ArgumentException)
        {
            // The detector knows encodings that the platform does not.
            return null;
        }
    }
}
