using LocalRetrieval.Rag;

namespace LocalRetrieval.Documents.Html.Tests.Blocks;

public sealed class TableTests
{
    [Fact]
    public async Task ReadAsync_Table_HasHeaderRowsAndCaption()
    {
        DocumentContent content = await PageReading.ReadAsync(
            "<table><caption>Quotas</caption><thead><tr><th>Region<th>Quota</thead><tbody><tr><td>eu<td>10 | 20<tr><td>us<td><p>30</p><p>a day</p></table>");
        Assert.Equal(["Quotas", "| Region | Quota |\n| eu | 10 \\| 20 |\n| us | 30 a day |"], PageReading.Blocks(content));
        DocumentBlock table = content.Sections[0].Blocks[1];
        Assert.Equal((DocumentBlockKind.Table, "| Region | Quota |".Length), (table.Kind, table.HeaderLength));
    }

    [Theory]
    [InlineData("<table><tr><th>A<th>B<tr><td rowspan=2>1<td>2<tr><td>3</table>", "| A | B |\n| 1 | 2 |\n| 1 | 3 |")]
    [InlineData("<table><tr><th colspan=2>G<th rowspan=2>C<tr><th>A<th>B<tr><td>1<td>2<td>3</table>", "| G A | G B | C |\n| 1 | 2 | 3 |")]
    [InlineData("<table><tr><td>1<td>2<tr><td>3<td>4</table>", "| 1 | 2 |\n| 3 | 4 |")]
    [InlineData("<table><tr><th>Name<td>x<tr><th>Size<td>2</table>", "| Name | x |\n| Size | 2 |")]
    [InlineData("<table><tr><th>A<th>B<tr><td colspan=2>group<tr><td>1<td>2</table>", "| A | B |\n| group |\n| 1 | 2 |")]
    [InlineData("<table><tfoot><tr><td>sum<td>3</tfoot><thead><tr><th>A<th>B</thead><tbody><tr><td>1<td>2</table>", "| A | B |\n| 1 | 2 |\n| sum | 3 |")]
    [InlineData("<table><tr><th>A<th>B<tr><td>1<br>2<td>3</table>", "| A | B |\n| 1 2 | 3 |")]
    public async Task ReadAsync_Table_GivesRows(string html, string expected) =>
        Assert.Equal([expected], await PageReading.BlocksAsync(html));

    [Theory]
    [InlineData("<table role=presentation><tr><td>left<td>right</table>")]
    [InlineData("<table><tr><td>left<td>right</table>")]
    [InlineData("<table><tr><td><table><tr><td>left</table><td>right</table>")]
    public async Task ReadAsync_LayoutTable_IsNoData(string html) =>
        Assert.Equal(["left", "right"], await PageReading.BlocksAsync(html));

    [Fact]
    public async Task ReadAsync_SpansBeyondReason_AreBounded()
    {
        DocumentContent content = await PageReading.ReadAsync("<table><tr><th>A<th>B<tr><td colspan=99999999 rowspan=99999999>x<td>y<tr><td>z</table>");
        Assert.True(content.Text.Length < 2000, $"{content.Text.Length} characters");
    }
}
