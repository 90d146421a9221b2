using System.Text;

namespace LocalRetrieval.Documents;

/// <summary>Whether bytes start as a mail or a mailbox does.</summary>
internal static class MailSignature
{
    private const int MailboxStart = 512;

    /// <summary>Headers that no other text starts with together.</summary>
    private static readonly string[] Transport = ["received", "message-id", "mime-version", "return-path", "delivered-to", "dkim-signature"];

    private static readonly string[] Envelope = ["from", "to", "date", "subject"];

    public static bool Matches(ReadOnlySpan<byte> start)
    {
        string text = Encoding.Latin1.GetString(start);
        if (IsMailbox(text))
        {
            return true;
        }

        HashSet<string> names = HeaderNames(text);
        return Transport.Any(names.Contains) && Envelope.Count(names.Contains) >= 2;
    }

    /// <summary>Whether a stream is a mailbox; it is then at its start again.</summary>
    public static async Task<bool> IsMailboxAsync(Stream stream, CancellationToken cancellationToken)
    {
        long position = stream.Position;
        byte[] start = new byte[MailboxStart];
        int length = await stream.ReadAtLeastAsync(start, start.Length, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
        stream.Position = position;
        return IsMailbox(Encoding.Latin1.GetString(start, 0, length));
    }

    /// <summary>A line of "From", and headers below.</summary>
    private static bool IsMailbox(string text)
    {
        int end = text.IndexOf('\n', StringComparison.Ordinal);
        return text.StartsWith("From ", StringComparison.Ordinal) && end > 0 && HeaderNames(text[(end + 1)..]).Count > 0;
    }

    private static HashSet<string> HeaderNames(string text)
    {
        HashSet<string> names = new(StringComparer.OrdinalIgnoreCase);
        foreach (ReadOnlySpan<char> line in text.AsSpan().EnumerateLines())
        {
            int colon = line.IndexOf(':');
            if (line.Length > 0 && line[0] is ' ' or '\t' && names.Count > 0)
            {
                continue;
            }

            if (colon <= 0 || line[..colon].ContainsAnyExceptInRange('!', '~'))
            {
                break;
            }

            names.Add(line[..colon].ToString());
        }

        return names;
    }
}
