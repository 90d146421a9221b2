using System.ComponentModel;
using Microsoft.Extensions.AI;

namespace LocalRetrieval.AgentFramework.Tests.Tools;

public sealed class ToolTextTests
{
    [Theory]
    [InlineData("get_weather", "get weather")]
    [InlineData("getHTTPStatus_code", "get http status code")]
    [InlineData("SendEMail", "send e mail")]
    [InlineData("convert2pdf", "convert 2 pdf")]
    [InlineData("Über-setzen", "über setzen")]
    [InlineData("IO", "io")]
    [InlineData("天気", "天気")]
    public void Words_Name_AreCutApart(string name, string words) => Assert.Equal(words, ToolText.Words(name));

    [Fact]
    public void Of_Function_HasNameDescriptionAndParameters()
    {
        AIFunction tool = AIFunctionFactory.Create(
            ([Description("City or coordinates.")] string location, int days, CancellationToken cancellationToken) => location + days, "getForecast", " Tells the weather. ");

        Assert.Equal("get forecast: Tells the weather.\nlocation: City or coordinates.\ndays", ToolText.Of(tool));
    }

    [Fact]
    public void Of_NoDescriptionOrParameters_IsTheName() => Assert.Equal("ping", ToolText.Of(AIFunctionFactory.CreateDeclaration("ping", null, default)));
}
