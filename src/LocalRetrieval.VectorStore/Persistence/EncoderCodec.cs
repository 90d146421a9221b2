using LocalRetrieval.VectorData.Log;
using LocalRetrieval.VectorData.Values;

namespace LocalRetrieval.VectorData.Persistence;

/// <summary>Writes what fills the vectors of a table, by column, and reads it.</summary>
internal static class EncoderCodec
{
    private static readonly ValueCodec Description = ValueCodecs.Find(typeof(string))!;

    public static void Write(ByteWriter writer, EncoderFingerprint?[] encoders)
    {
        writer.WriteCount(encoders.Length);
        foreach (EncoderFingerprint? encoder in encoders)
        {
            writer.WriteCount(encoder?.Components.Count ?? 0);
            foreach (FingerprintComponent component in encoder?.Components ?? [])
            {
                writer.WriteText(component.Name);
                writer.WriteText(component.Hash);
                Description.Write(writer, component.Description);
            }
        }
    }

    public static EncoderFingerprint?[] Read(ref ByteReader reader)
    {
        EncoderFingerprint?[] encoders = new EncoderFingerprint?[reader.ReadCount()];
        for (int column = 0; column < encoders.Length; column++)
        {
            FingerprintComponent[] components = new FingerprintComponent[reader.ReadCount()];
            for (int i = 0; i < components.Length; i++)
            {
                components[i] = new FingerprintComponent(reader.ReadText(), reader.ReadText(), (string?)Description.Read(ref reader));
            }

            encoders[column] = components.Length == 0 ? null : new EncoderFingerprint(components);
        }

        return encoders;
    }
}
