using System.Globalization;
using System.Text;
using System.Text.Unicode;

namespace LocalRetrieval.Tokenizers.Decoders;

/// <summary>"ByteFallback": tokens such as &lt;0x61&gt; in a row are the UTF-8 of a text, or one U+FFFD each.</summary>
internal sealed class ByteFallbackDecoder : Decoder
{
    public override void Decode(List<string> tokens)
    {
        List<byte> bytes = [];
        string[] all = [.. tokens];
        tokens.Clear();
        foreach (string token in all)
        {
            if (TryReadByte(token, out byte value))
            {
                bytes.Add(value);
                continue;
            }

            Flush(bytes, tokens);
            tokens.Add(token);
        }

        Flush(bytes, tokens);
    }

    private static void Flush(List<byte> bytes, List<string> tokens)
    {
        byte[] utf8 = [.. bytes];
        bytes.Clear();
        if (utf8.Length > 0 && Utf8.IsValid(utf8))
        {
            tokens.Add(Encoding.UTF8.GetString(utf8));
        }
        else
        {
            tokens.AddRange(Enumerable.Repeat("\uFFFD", utf8.Length));
        }
    }

    private static bool TryReadByte(string token, out byte value)
    {
        value = 0;
        return token.Length == 6 && token.StartsWith("<0x", StringComparison.Ordinal) && token[5] == '>'
            && (char.IsAsciiHexDigit(token[3]) || token[3] == '+') && char.IsAsciiHexDigit(token[4])
            && byte.TryParse(token.AsSpan(3, 2).TrimStart('+'), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out value);
    }
}
