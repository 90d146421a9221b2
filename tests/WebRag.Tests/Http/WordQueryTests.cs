using System.Net;
using System.Text.Json;

namespace WebRag.Tests.Http;

/// <summary>Queries that are no questions: a word or two, or none.</summary>
[Collection(ServerCollection.Name)]
public class WordQueryTests(ServerFixture fixture)
{
    private const string Stores = "| Article | Quantity | Store |\n|---|---|---|\n| Coal | 1.2 tonnes | Yard |\n| Hard biscuit | 40 kg | Loft |\n| Paraffin | 90 litres | Cellar |\n";

    [Theory]
    [InlineData("coal")]
    [InlineData("Paraffin")]
    [InlineData("hard biscuit")]
    public async Task AWordThatStandsThereIsFound(string query)
    {
        using Visitor visitor = await fixture.Server.VisitAsync();
        await visitor.UploadAsync("stores.md", System.Text.Encoding.UTF8.GetBytes(Stores));
        JsonElement found = await visitor.PostJsonAsync("/api/search", new { query });
        Assert.True(found.GetProperty("answers").GetBoolean());
        Assert.Equal("stores.md", found.GetProperty("hits")[0].GetProperty("document").GetProperty("name").GetString());

        JsonElement end = (await visitor.AskAsync(new { question = query })).Single(step => step.Name == "end").Data;
        Assert.False(end.GetProperty("foundNothing").GetBoolean());
        Assert.Contains(query, end.GetProperty("text").GetString(), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task AWordThatStandsNowhereIsNot()
    {
        const string query = "zeppelin";
        using Visitor visitor = await fixture.Server.VisitAsync();
        await visitor.UploadAsync("stores.md", System.Text.Encoding.UTF8.GetBytes(Stores));
        Assert.False((await visitor.PostJsonAsync("/api/search", new { query })).GetProperty("answers").GetBoolean());
        Assert.True((await visitor.AskAsync(new { question = query })).Single(step => step.Name == "end").Data.GetProperty("foundNothing").GetBoolean());
    }

    [Theory]
    [InlineData("???")]
    [InlineData("\uFFFE\uFFFF")]
    [InlineData("\u202E\u0001 -")]
    public async Task AQueryWithoutLettersAndDigitsIsRefused(string query)
    {
        using Visitor visitor = await fixture.Server.VisitAsync();
        foreach ((string path, object body) in new (string, object)[] { ("/api/suggest", new { query }), ("/api/search", new { query }), ("/api/chat", new { question = query }) })
        {
            using HttpResponseMessage response = await visitor.PostAsync(path, body);
            Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
            Assert.Contains("neither letters nor digits", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }
    }
}
