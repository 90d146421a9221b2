using System.Text;
using LocalRetrieval.Rag;
using MimeKit;
using MimeKit.Text;

namespace LocalRetrieval.Documents;

/// <summary>Writes plain text: paragraphs between blank lines, quoted text as blocks of its own that keep their marks, no signature.</summary>
/// <remarks>Quoted text stays where it stands: an answer below each question is found with it.</remarks>
internal static class MailText
{
    private const int LongestFooter = 8;

    public static void Write(string text, TextPart part, DocumentContentBuilder builder, CancellationToken cancellationToken)
    {
        List<string> lines = WithoutSignature(Lines(text));
        if (part.IsFlowed)
        {
            bool deletesSpace = string.Equals(part.ContentType.Parameters["delsp"], "yes", StringComparison.OrdinalIgnoreCase);
            lines = Lines(new FlowedToText { DeleteSpace = deletesSpace }.Convert(string.Join('\n', lines)));
        }

        WriteBlocks(lines, builder, cancellationToken);
    }

    private static List<string> Lines(string text)
    {
        List<string> lines = [];
        foreach (ReadOnlySpan<char> line in text.AsSpan().EnumerateLines())
        {
            lines.Add(line.ToString());
        }

        return lines;
    }

    private static void WriteBlocks(List<string> lines, DocumentContentBuilder builder, CancellationToken cancellationToken)
    {
        StringBuilder block = new();
        bool wasQuoted = false;
        foreach (string line in lines)
        {
            cancellationToken.ThrowIfCancellationRequested();
            bool isQuoted = line.StartsWith('>');
            bool isBlank = line.AsSpan().Trim("> \t").IsEmpty;
            if (isBlank || isQuoted != wasQuoted)
            {
                builder.AddParagraph(block.ToString());
                block.Clear();
            }

            wasQuoted = isQuoted;
            if (!isBlank)
            {
                block.Append(line.TrimEnd()).Append('\n');
            }
        }

        builder.AddParagraph(block.ToString());
    }

    /// <summary>Leaves out the signature behind "-- ", that of PGP, and what a mailing list adds below a rule.</summary>
    private static List<string> WithoutSignature(List<string> lines)
    {
        List<string> kept = [];
        bool isSignature = false;
        string? armorEnd = null;
        for (int index = 0; index < lines.Count && !IsFooter(lines, index); index++)
        {
            string line = lines[index];
            armorEnd ??= ArmorEnd(line);
            isSignature = (isSignature || line is "-- ") && !line.StartsWith('>') && !IsForwarding(line);
            if (!isSignature && armorEnd is null)
            {
                kept.Add(line);
            }

            armorEnd = armorEnd is { Length: 0 } ? (line.Length == 0 ? null : armorEnd)
                : armorEnd is not null && line.StartsWith(armorEnd, StringComparison.Ordinal) ? null : armorEnd;
        }

        return kept;
    }

    /// <summary>The line that ends what PGP puts around a signed text, if one starts it: a blank one for the head, empty here.</summary>
    private static string? ArmorEnd(string line) =>
        line.StartsWith("-----BEGIN PGP SIGNED MESSAGE", StringComparison.Ordinal) ? ""
        : line.StartsWith("-----BEGIN PGP SIGNATURE", StringComparison.Ordinal) ? "-----END PGP"
        : null;

    private static bool IsForwarding(string line) => line.StartsWith("-----Original", StringComparison.OrdinalIgnoreCase) || line.StartsWith("---------- Forwarded", StringComparison.OrdinalIgnoreCase);

    private static bool IsFooter(List<string> lines, int index) =>
        lines[index].Length >= 30
            && lines[index].AsSpan().TrimEnd().Trim('_').IsEmpty
            && lines.Count - index <= LongestFooter
            && lines.Skip(index + 1).Any(line => line.Contains("mailing list", StringComparison.OrdinalIgnoreCase) || line.Contains("unsubscribe", StringComparison.OrdinalIgnoreCase));
}
