using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;

namespace WebRag.Tests.Http;

/// <summary>Files of visitors: what is taken, by what they hold, and what is refused, and why.</summary>
[Collection(ServerCollection.Name)]
public class UploadTests(ServerFixture fixture)
{
    [Theory]
    [InlineData("workshop/planer-thicknesser.pdf", "manual.pdf")]
    [InlineData("workshop/incident-procedure.docx", "procedure.docx")]
    [InlineData("repairs/repair-evenings.html", "evenings.html")]
    [InlineData("workshop/bandsaw.md", "bandsaw.md")]
    [InlineData("meetings/2025-03-10-committee.txt", "minutes.txt")]
    [InlineData("data/price-list.csv", "text as any other.csv")]
    [InlineData("workshop/planer-thicknesser.pdf", "a manual without an ending")]
    [InlineData("workshop/incident-procedure.docx", "misnamed.txt")]
    public async Task EachFormatIsRead(string file, string name)
    {
        using Visitor visitor = await fixture.Server.VisitAsync();
        JsonElement upload = await visitor.UploadAsync(name, TestFiles.Corpus(file));
        Assert.Equal("ready", upload.GetProperty("state").GetString());
        Assert.True(upload.GetProperty("passages").GetInt32() > 2);
        JsonElement text = await visitor.Client.GetFromJsonAsync<JsonElement>($"/api/documents/text?id={upload.GetProperty("id").GetString()}");
        Assert.True(text.GetProperty("document").GetProperty("isOwn").GetBoolean());
        Assert.True(text.GetProperty("passages").GetArrayLength() > 2);
    }

    public static TheoryData<string, byte[], string> Refused => new()
    {
        { "photo.png", TestFiles.Png, "PNG" },
        { "photo.txt", TestFiles.Png, "PNG" },
        { "photo.pdf", TestFiles.Png, "photo.pdf" },
        { "archive.docx", TestFiles.Zip(), "archive.docx" },
        { "program.exe", [0x4D, 0x5A, 0, 0, 1, 2, 3, 0, 0, 0], "program.exe" },
        { "broken.pdf", "%PDF-1.7\nnothing follows"u8.ToArray(), "broken.pdf" },
        { "blank.md", "   \n\n  "u8.ToArray(), "no text" },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public async Task WhatIsNoneOfThemIsRefusedWithAReason(string name, byte[] content, string reason)
    {
        using Visitor visitor = await fixture.Server.VisitAsync();
        JsonElement upload = await visitor.UploadAsync(name, content);
        Assert.Equal("refused", upload.GetProperty("state").GetString());
        string told = upload.GetProperty("reason").GetString()!;
        Assert.Contains(reason, told, StringComparison.Ordinal);
        Assert.DoesNotContain("upload:", told, StringComparison.Ordinal);
        Assert.DoesNotContain(Path.GetTempPath(), told, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("../../etc/passwd.md", "passwd.md")]
    [InlineData("C:\\Users\\ann\\notes.md", "notes.md")]
    [InlineData("a\u202Efdp.md", "afdp.md")]
    [InlineData("a\nb\u0000.md", "ab.md")]
    [InlineData("..", "file")]
    [InlineData("", "file")]
    [InlineData("مرحبا.md", "مرحبا.md")]
    public async Task NamesAreMadeSafe(string sent, string kept)
    {
        using Visitor visitor = await fixture.Server.VisitAsync();
        JsonElement upload = await visitor.UploadAsync(sent, "# Notes\n\nThe kettle is on the second shelf."u8.ToArray());
        Assert.Equal(kept, upload.GetProperty("name").GetString());
        Assert.Equal("ready", upload.GetProperty("state").GetString());
    }

    [Fact]
    public async Task ADeletedFileIsNotFoundAnyMore()
    {
        using Visitor visitor = await fixture.Server.VisitAsync();
        object search = new { query = "Where does the samovar stand?" };
        JsonElement upload = await visitor.UploadAsync("notes.md", "# Notes\n\nThe samovar stands in the third cupboard."u8.ToArray());
        string id = upload.GetProperty("id").GetString()!;
        Assert.Contains("third cupboard", (await visitor.PostJsonAsync("/api/search", search)).ToString(), StringComparison.Ordinal);

        Assert.Equal(HttpStatusCode.NoContent, (await visitor.Client.DeleteAsync($"/api/uploads/{id}")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await visitor.Client.DeleteAsync($"/api/uploads/{id}")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await visitor.Client.GetAsync($"/api/documents/text?id={id}")).StatusCode);
        Assert.DoesNotContain("third cupboard", (await visitor.PostJsonAsync("/api/search", search)).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task AFileCanBeDeletedWhileItIsIndexed()
    {
        using Visitor visitor = await fixture.Server.VisitAsync();
        StringBuilder text = new("# Long\n");
        for (int section = 0; section < 400; section++)
        {
            text.Append("\n## Section ").Append(section).Append("\n\nThe zanzibar lamp number ").Append(section).Append(" is polished with wax.\n");
        }

        using HttpResponseMessage response = await visitor.SendAsync("long.md", Encoding.UTF8.GetBytes(text.ToString()));
        string id = (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetString()!;
        Assert.Equal(HttpStatusCode.NoContent, (await visitor.Client.DeleteAsync($"/api/uploads/{id}")).StatusCode);
        JsonElement found = await visitor.PostJsonAsync("/api/suggest", new { query = "zanzibar lamp" });
        Assert.DoesNotContain("zanzibar", found.GetProperty("hits").ToString(), StringComparison.OrdinalIgnoreCase);
        Assert.Equal("[]", await visitor.Client.GetStringAsync("/api/uploads"));
    }

    [Fact]
    public async Task SizesAndNumbersAreBounded()
    {
        await using WebRagServer server = await WebRagServer.StartAsync(
            null, "WebRag:MaxUploads=2", "WebRag:MaxUploadBytes=1000", "WebRag:MaxUploadedBytes=1500", $"WebRag:Folder={AppContext.BaseDirectory}/corpus/data");
        using Visitor visitor = await server.VisitAsync();
        byte[] Text(int length) => Encoding.UTF8.GetBytes(new string('a', length));

        Assert.Equal((HttpStatusCode.RequestEntityTooLarge, "larger than"), await RefusalAsync(visitor.SendAsync("a.md", Text(1001)), "larger than"));
        Assert.Equal((HttpStatusCode.BadRequest, "empty"), await RefusalAsync(visitor.SendAsync("a.md", []), "empty"));
        await visitor.UploadAsync("a.md", Text(900));
        Assert.Equal((HttpStatusCode.Conflict, "together"), await RefusalAsync(visitor.SendAsync("b.md", Text(700)), "together"));
        await visitor.UploadAsync("b.md", Text(300));
        Assert.Equal((HttpStatusCode.Conflict, "2 files"), await RefusalAsync(visitor.SendAsync("c.md", Text(1)), "2 files"));
    }

    [Fact]
    public async Task ABodyOfUnknownLengthIsBoundedToo()
    {
        await using WebRagServer server = await WebRagServer.StartAsync(null, "WebRag:MaxUploadBytes=100000", $"WebRag:Folder={AppContext.BaseDirectory}/corpus/data");
        using Visitor visitor = await server.VisitAsync();
        using HttpRequestMessage request = new(HttpMethod.Post, "/api/uploads") { Content = new StreamContent(new MemoryStream(new byte[300_000])) };
        request.Headers.TransferEncodingChunked = true;
        request.Headers.Add("X-File-Name", "a.md");
        using HttpResponseMessage response = await visitor.Client.SendAsync(request);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, response.StatusCode);
    }

    [Fact]
    public async Task RoomIsTakenBeforeAnythingIsReceived()
    {
        await using WebRagServer server = await WebRagServer.StartAsync(null, "WebRag:MaxUploadBytes=100000", "WebRag:MaxUploadedBytes=150000", "WebRag:MaxWaitingBytes=250000", $"WebRag:Folder={AppContext.BaseDirectory}/corpus/data");
        using Visitor ann = await server.VisitAsync();
        using Visitor ben = await server.VisitAsync();
        using Visitor cleo = await server.VisitAsync();
        TaskCompletionSource sent = new(TaskCreationOptions.RunContinuationsAsynchronously);
        Task<HttpResponseMessage> SlowAsync(Visitor visitor)
        {
            HttpRequestMessage request = new(HttpMethod.Post, "/api/uploads") { Content = new SlowContent(100_000, sent.Task) };
            request.Headers.Add("X-File-Name", "slow.txt");
            return visitor.Client.SendAsync(request);
        }

        Task<HttpResponseMessage>[] slow = [SlowAsync(ann), SlowAsync(ben)];
        while (await ann.Client.GetStringAsync("/api/uploads") == "[]" || await ben.Client.GetStringAsync("/api/uploads") == "[]")
        {
            await Task.Delay(20);
        }

        Assert.Equal((HttpStatusCode.Conflict, "together"), await RefusalAsync(ann.SendAsync("b.md", new byte[60_000]), "together"));
        using HttpResponseMessage busy = await cleo.SendAsync("c.md", new byte[60_000]);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, busy.StatusCode);
        Assert.NotNull(busy.Headers.RetryAfter);

        sent.SetResult();
        foreach (HttpResponseMessage response in await Task.WhenAll(slow))
        {
            Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        }

        JsonElement later = await cleo.UploadAsync("c.md", "# Later\n\nNow there is room."u8.ToArray());
        Assert.Equal("ready", later.GetProperty("state").GetString());
    }

    /// <summary>A body that begins, and ends when it may.</summary>
    private sealed class SlowContent(int length, Task end) : HttpContent
    {
        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            byte[] half = new byte[length / 2];
            half.AsSpan().Fill((byte)'a');
            await stream.WriteAsync(half);
            await stream.FlushAsync();
            await end;
            await stream.WriteAsync(half);
        }

        protected override bool TryComputeLength(out long computed)
        {
            computed = length;
            return true;
        }
    }

    private static async Task<(HttpStatusCode Status, string Reason)> RefusalAsync(Task<HttpResponseMessage> sent, string wanted)
    {
        using HttpResponseMessage response = await sent;
        string reason = (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("detail").GetString()!;
        return (response.StatusCode, reason.Contains(wanted, StringComparison.Ordinal) ? wanted : reason);
    }
}
