using System.Net;
using System.Net.Http.Json;

namespace WebRag.Tests.Http;

/// <summary>Who one is: cookies, tokens, and what one gets without them.</summary>
[Collection(ServerCollection.Name)]
public class SessionTests(ServerFixture fixture)
{
    public static TheoryData<string, string> Endpoints => new()
    {
        { "GET", "/api/documents" },
        { "GET", "/api/documents/text?id=workshop/bandsaw.md" },
        { "GET", "/api/library/events" },
        { "GET", "/api/documents/unread" },
        { "GET", "/api/uploads" },
        { "GET", "/api/uploads/1" },
        { "POST", "/api/uploads" },
        { "DELETE", "/api/uploads/1" },
        { "POST", "/api/suggest" },
        { "POST", "/api/search" },
        { "POST", "/api/chat" },
        { "GET", "/api/conversations/1" },
        { "DELETE", "/api/conversations/1" },
    };

    [Theory]
    [MemberData(nameof(Endpoints))]
    public async Task WithoutASessionNothingIsAnswered(string method, string path)
    {
        using HttpClient client = new() { BaseAddress = fixture.Server.Address };
        using HttpRequestMessage request = new(new HttpMethod(method), path);
        using HttpResponseMessage response = await client.SendAsync(request);
        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.Contains("/api/session", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    public static TheoryData<string, string> Changing()
    {
        TheoryData<string, string> changing = [];
        foreach (object[] endpoint in Endpoints.Where(endpoint => endpoint is not ["GET", ..]))
        {
            changing.Add((string)endpoint[0], (string)endpoint[1]);
        }

        return changing;
    }

    [Theory]
    [MemberData(nameof(Changing))]
    public async Task WhatMayChangeSomethingNeedsTheToken(string method, string path)
    {
        using Visitor visitor = await fixture.Server.VisitAsync();
        visitor.Client.DefaultRequestHeaders.Remove("X-CSRF-TOKEN");
        using HttpRequestMessage request = new(new HttpMethod(method), path)
        {
            Content = method == "POST" ? JsonContent.Create(new { query = "bandsaw", question = "bandsaw" }) : null,
        };
        using HttpResponseMessage response = await visitor.Client.SendAsync(request);
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains("The page is too old.", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task ATokenOfAnotherVisitorIsNone()
    {
        using Visitor ann = await fixture.Server.VisitAsync();
        using Visitor ben = await fixture.Server.VisitAsync();
        ben.Client.DefaultRequestHeaders.Remove("X-CSRF-TOKEN");
        ben.Client.DefaultRequestHeaders.Add("X-CSRF-TOKEN", ann.Token);
        using HttpResponseMessage response = await ben.PostAsync("/api/search", new { query = "bandsaw" });
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }

    [Fact]
    public async Task CookiesAreOutOfReach()
    {
        using HttpClient client = new(new HttpClientHandler { UseCookies = false }) { BaseAddress = fixture.Server.Address };
        using HttpResponseMessage response = await client.GetAsync("/api/session");
        string[] cookies = [.. response.Headers.GetValues("Set-Cookie")];
        Assert.Equal(2, cookies.Length);
        Assert.All(cookies, cookie =>
        {
            Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
            Assert.Contains("samesite=strict", cookie, StringComparison.OrdinalIgnoreCase);
        });
        Assert.Contains("no-store", response.Headers.CacheControl!.ToString(), StringComparison.Ordinal);
    }
}
