using Microsoft.Extensions.AI;

namespace LocalRetrieval.Rag.Tests.Retrieval.Queries;

/// <summary>Questions that need the one before, without a model.</summary>
public sealed class FollowUpsTests
{
    [Theory]
    [InlineData("What is the VAT rate in France?", "and in Germany?")]
    [InlineData("Wie hoch ist die Mehrwertsteuer in Frankreich?", "Und in Deutschland?")]
    [InlineData("Quel est le taux de TVA en Allemagne ?", "Et en France ?")]
    [InlineData("¿Cuál es el tipo de IVA en Francia?", "¿Y en Alemania?")]
    [InlineData("Qual è l'aliquota IVA in Francia?", "E in Germania?")]
    [InlineData("Qual é a taxa de IVA em França?", "E na Alemanha?")]
    [InlineData("Hoe hoog is de btw in Frankrijk?", "En in Duitsland?")]
    [InlineData("Hur hög är momsen i Frankrike?", "Och i Tyskland?")]
    [InlineData("Hvor høj er momsen i Frankrig?", "Og i Tyskland?")]
    [InlineData("Hvor høy er momsen i Frankrike?", "Og i Tyskland?")]
    [InlineData("Mikä on arvonlisävero Ranskassa?", "Entä Saksassa?")]
    [InlineData("Jaki jest VAT we Francji?", "A w Niemczech?")]
    [InlineData("Какой НДС во Франции?", "А в Германии?")]
    [InlineData("Fransa'da KDV oranı nedir?", "Peki Almanya'da?")]
    public void Join_OpensWithAConjunction_IsJoined(string before, string question) => Assert.Equal($"{before} {question}", Join(question, before));

    [Theory]
    [InlineData("Retries make an outage worse.", "Why?")]
    [InlineData("How is the chain oiled?", "what about it")]
    [InlineData("How is the chain oiled?", "Can you tell me more about that?")]
    [InlineData("How is Kestrel configured?", "How do I install it?")]
    [InlineData("Wie wird die Kette geölt?", "Warum das denn?")]
    [InlineData("Wie wird die Kette geölt?", "Was kostet davon mehr?")]
    [InlineData("Comment huiler la chaîne ?", "Pourquoi ça ?")]
    [InlineData("¿Cómo se engrasa la cadena?", "¿Por qué?")]
    [InlineData("Come si olia la catena?", "Perché?")]
    [InlineData("Como se lubrifica a corrente?", "E por quê?")]
    [InlineData("Hoe wordt de ketting gesmeerd?", "Waarom?")]
    [InlineData("Hur smörjs kedjan?", "Varför det?")]
    [InlineData("Hvordan smøres kæden?", "Hvorfor?")]
    [InlineData("Hvordan smøres kjedet?", "Hvorfor det?")]
    [InlineData("Miten ketju öljytään?", "Miksi?")]
    [InlineData("Jak smarować łańcuch?", "Dlaczego?")]
    [InlineData("Как смазать цепь?", "Почему?")]
    [InlineData("Zincir nasıl yağlanır?", "Neden?")]
    public void Join_NoContentWords_IsJoined(string before, string question) => Assert.Equal($"{before} {question}", Join(question, before));

    [Theory]
    [InlineData("Which oil does the KX-310 need?", "What about the KX-200?")]
    [InlineData("Who is the contact at Acme?", "How about Borealis?")]
    [InlineData("Wie hoch ist die Steuer in Frankreich?", "Was ist mit Deutschland?")]
    [InlineData("Wie hoch ist die Steuer in Frankreich?", "Wie sieht es mit Spanien aus?")]
    [InlineData("Quel est le taux en France ?", "Qu'en est-il de l'Allemagne ?")]
    [InlineData("¿Cuál es el tipo en Francia?", "¿Qué hay de Alemania?")]
    [InlineData("Hoe hoog is de btw in Frankrijk?", "Hoe zit het met Duitsland?")]
    [InlineData("Hvor høj er momsen i Frankrig?", "Hvad med Tyskland?")]
    [InlineData("Hvor høy er momsen i Frankrike?", "Hva med Tyskland?")]
    [InlineData("Jaki jest VAT we Francji?", "A co z Niemcami?")]
    [InlineData("Какой НДС во Франции?", "Как насчёт Германии?")]
    public void Join_OpensWithWhatAbout_IsJoined(string before, string question) => Assert.Equal($"{before} {question}", Join(question, before));

    [Theory]
    [InlineData("yes")]
    [InlineData("No, thanks!")]
    [InlineData("Ja")]
    [InlineData("Oui, merci")]
    [InlineData("нет")]
    public void IsSmallTalk_YesOrNo_IsTrue(string message) => Assert.True(FollowUps.IsSmallTalk(message));

    [Theory]
    [InlineData("How is the chain oiled?", "Which wood burns longest in a stove?")]
    [InlineData("How is the chain oiled?", "Is it possible to use Kestrel behind a proxy?")]
    [InlineData("How is the chain oiled?", "error CS0101")]
    [InlineData("How is the chain oiled?", "And the second invoice of Contoso for March 2023?")]
    [InlineData("Wie wird die Kette geölt?", "Gibt es ein Limit der Anfragen?")]
    [InlineData("Comment huiler la chaîne ?", "Y a-t-il une limite de requêtes par seconde ?")]
    [InlineData("チェーンに油を差すには?", "ドイツの税率は?")]
    public void Join_StandsAlone_StaysAsItIs(string before, string question) => Assert.Equal(question, Join(question, before));

    [Fact]
    public void Join_FollowUpOfAFollowUp_GoesBackToTheQuestion() => Assert.Equal(
        "What is the VAT rate in France? And in Germany? Why?", Join("Why?", "Which wood burns?", "What is the VAT rate in France?", "And in Germany?", "Thanks!"));

    [Fact]
    public void Join_TooLong_LeavesOutTheEarlier()
    {
        Assert.Equal("And in Germany? Why?", FollowUps.Join("Why?", Users("What is the VAT rate in France?", "And in Germany?"), maxLength: 30));
        Assert.Equal("Why?", FollowUps.Join("Why?", Users("What is the VAT rate in France?"), maxLength: 30));
    }

    [Fact]
    public void Join_Answers_AreNoQuestions() => Assert.Equal(
        "How is the chain oiled? Why?",
        FollowUps.Join("Why?", [new(ChatRole.User, "How is the chain oiled?"), new(ChatRole.Assistant, "Which drop by drop."), new(ChatRole.User, " ")], maxLength: 500));

    [Theory]
    [InlineData("Hello!")]
    [InlineData("Good morning, how are you?")]
    [InlineData("Thank you so much for your help!")]
    [InlineData("You're welcome")]
    [InlineData("Hallo, wie geht's?")]
    [InlineData("Vielen Dank, das hat mir sehr geholfen")]
    [InlineData("Merci beaucoup pour votre aide !")]
    [InlineData("D'accord, merci")]
    [InlineData("¡Muchas gracias por tu ayuda!")]
    [InlineData("Ciao, grazie mille")]
    [InlineData("Muito obrigado pela ajuda")]
    [InlineData("Hartelijk dank voor uw hulp")]
    [InlineData("Tack så mycket för hjälpen!")]
    [InlineData("Mange tak for hjælpen")]
    [InlineData("Tusen takk for hjelpen")]
    [InlineData("Kiitos paljon avusta")]
    [InlineData("Dziękuję bardzo za pomoc")]
    [InlineData("Спасибо большое за помощь")]
    [InlineData("Çok teşekkür ederim")]
    [InlineData("👍🏽")]
    [InlineData("❤️!")]
    public void IsSmallTalk_GreetingsAndThanks_Are(string message) => Assert.True(FollowUps.IsSmallTalk(message));

    [Theory]
    [InlineData("Thanks, and why?")]
    [InlineData("Hello world in C#")]
    [InlineData("Thanks. How is the chain oiled?")]
    [InlineData("everything")]
    [InlineData("Why?")]
    [InlineData("??")]
    [InlineData("→ operator")]
    [InlineData("Danke, und in Deutschland?")]
    [InlineData("How do I say thank you in French?")]
    public void IsSmallTalk_Questions_AreNot(string message) => Assert.False(FollowUps.IsSmallTalk(message));

    [Fact]
    public void Languages_OfStopWords_AreAllKnown() => Assert.Equal(StopWords.Languages.Order(), ConversationWords.Languages.Order());

    private static string Join(string question, params string[] before) => FollowUps.Join(question, Users(before), maxLength: 500);

    private static ChatMessage[] Users(params string[] texts) => [.. texts.Select(text => new ChatMessage(ChatRole.User, text))];
}
