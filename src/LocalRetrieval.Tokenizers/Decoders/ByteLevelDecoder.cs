using System.Text;
using LocalRetrieval.Tokenizers.ByteLevel;
using LocalRetrieval.Tokenizers.Json;

namespace LocalRetrieval.Tokenizers.Decoders;

/// <summary>"ByteLevel": joins the bytes of all tokens; what is not UTF-8 becomes U+FFFD.</summary>
internal sealed class ByteLevelDecoder : Decoder
{
    /// <summary>Reads the component's section.</summary>
    public static ByteLevelDecoder Read(JsonField section)
    {
        _ = ByteLevelSettings.Read(section);
        return new ByteLevelDecoder();
    }

    public override void Decode(List<string> tokens)
    {
        List<byte> bytes = [];
        foreach (string token in tokens)
        {
            int before = bytes.Count;
            foreach (char character in token)
            {
                int value = ByteCharacters.Byte(character);
                if (value < 0)
                {
                    // An added token that is no string of bytes stands for itself.
                    bytes.RemoveRange(before, bytes.Count - before);
                    bytes.AddRange(Encoding.UTF8.GetBytes(token));
                    break;
                }

                bytes.Add((byte)value);
            }
        }

        tokens.Clear();
        tokens.Add(Encoding.UTF8.GetString([.. bytes]));
    }
}
