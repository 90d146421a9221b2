
namespace LocalRetrieval.Encoders.Tests.Runtime;

public sealed class NonFiniteOutputTests
{
    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    [InlineData(float.NegativeInfinity)]
    public void Refuse_OneSuchValueAnywhere_NamesTheIndex(float value)
    {
        for (int length = 1; length < 40; length++)
        {
            float[] values = new float[length];
            Array.Fill(values, float.MaxValue);
            NonFiniteOutput.Refuse(values, "a-model", "text", 7);
            values[length / 2] = value;

            InvalidOperationException exception = Assert.Throws<InvalidOperationException>(() => NonFiniteOutput.Refuse(values, "a-model", "text", 7));

            Assert.Contains("a-model", exception.Message, StringComparison.Ordinal);
            Assert.Contains("text at index 7", exception.Message, StringComparison.Ordinal);
        }
    }
}
