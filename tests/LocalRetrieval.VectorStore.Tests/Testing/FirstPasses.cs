using LocalRetrieval.VectorData.MultiVectors;
using LocalRetrieval.VectorData.MultiVectors.FirstPass;
using LocalRetrieval.VectorData.Storage;

namespace LocalRetrieval.VectorData.Tests.Testing;

/// <summary>Holds what chooses among the notes of a table against what is made of their vectors one by one.</summary>
internal static class FirstPasses
{
    public static void AssertMade(TableSnapshot snapshot, MultiVectorOptions options)
    {
        // By storage name, "Dense" comes before "Tokens".
        const int column = 1;
        FirstPassColumn made = snapshot.State.FindFirstPass(column)!;
        Assert.True(made.IsMade);
        TokenBlocks tokens = snapshot.State.GetTokens(column);
        TokenFormat format = new(MultiNote.Dimensions, options.Quantization == MultiVectorQuantization.Int8);
        FirstPassEncoder encoder = FirstPassEncoder.For(options, MultiNote.Dimensions)!;
        TokenFormat encodedFormat = new(encoder.Dimensions, isQuantized: true);
        for (int row = 0; row < snapshot.Count; row++)
        {
            float[] found = encodedFormat.Read(made.Find(row));
            float[] vectors = format.Read(tokens.Find(row));
            if (vectors.Length == 0)
            {
                Assert.All(found, number => Assert.Equal(0, number));
                continue;
            }

            float[] encoded = new float[encoder.Dimensions];
            encoder.EncodeRow(vectors, encoded);
            Assert.Equal(encodedFormat.Read(new TokenArray(encodedFormat, encoded).Row), found);
        }
    }
}
