using LocalRetrieval.Onnx.Inference.Inputs;

namespace LocalRetrieval.Onnx.Tests.Inference;

public sealed class TokenRowsTests
{
    private static readonly TokenizedText Text = new([7, 8, 9], [0, 1, 1], 0) { AttendedTokens = 2 };

    [Fact]
    public void Rows_PaddedText_AreAsTheReferenceFeedsThem()
    {
        Assert.Equal([7, 8, 9, 5, 5], Fill(TokenRows.Ids(5)));
        Assert.Equal([1, 1, 0, 0, 0], Fill(TokenRows.AttentionMask));
        Assert.Equal([0, 1, 1, 0, 0], Fill(TokenRows.TypeIds));
        Assert.Equal([0, 0, 0, 0, 0], Fill(TokenRows.Zeros));
        Assert.Equal([0, 1, 2], Fill(TokenRows.Positions(0))[..3]);
        Assert.Equal([2, 3, 4], Fill(TokenRows.Positions(2))[..3]);
    }

    private static int[] Fill(TokenRow row)
    {
        int[] values = [-1, -1, -1, -1, -1];
        row(Text, values);
        return values;
    }
}
