"""What the generated desk is like: its channels, teams, words, and how often each is."""
import numpy as np

CHUNK = 250_000
DAY = 86_400
START = np.datetime64("2023-01-01T00:00:00", "s").astype(np.int64)
DAYS = 731  # 2023-01-01 .. 2024-12-31 (2024 is a leap year)
TAIL_DAYS = 400  # answers and resolutions may fall after the last creation day

CHANNELS = ["email", "chat", "phone", "web", "social", "api"]
CHANNEL_P = np.array([0.38, 0.27, 0.16, 0.10, 0.06, 0.03])
CHANNEL_FRT = np.array([9_000, 95, 45, 10_800, 2_400, 18_000], float)  # median seconds
CHANNEL_CSAT = np.array([0.0, 0.22, 0.12, -0.05, -0.25, -0.10])
CHANNEL_RESPONSE = np.array([0.30, 0.48, 0.36, 0.30, 0.25, 0.12])
CHANNEL_FEE = np.array([0.60, 0.90, 2.40, 0.50, 0.80, 0.20])
PRIORITIES = ["low", "normal", "high", "urgent"]
PRIORITY_P = np.array([0.22, 0.55, 0.17, 0.06])
PRIORITY_SPEED = np.array([1.6, 1.0, 0.6, 0.35])
STATUSES = ["new", "open", "pending", "hold", "solved", "closed"]
TEAMS = ["Billing", "Technical", "Onboarding", "Returns", "Logistics", "Accounts",
         "Enterprise", "Escalations", "Trust & Safety", "Mobile", "Partners", "VIP"]
PRODUCTS = ["Checkout", "Wallet", "Invoices", "Payouts", "Cards", "Loans", "Search", "Catalog",
            "Cart", "Delivery", "Tracking", "Returns Portal", "Loyalty", "Gift Cards",
            "Mobile iOS", "Mobile Android", "Web App", "Public API", "Webhooks", "SSO",
            "Reports", "Dashboards", "Exports", "Imports", "Chat Widget", "Email Sync",
            "Voice", "Calendar", "Marketplace", "Admin"]
TAGS = ["refund", "login", "password", "bug", "outage", "billing", "invoice", "shipping", "late",
        "damaged", "cancel", "upgrade", "downgrade", "trial", "vip", "churn-risk", "feature",
        "how-to", "api", "mobile", "ios", "android", "slow", "crash", "data-loss", "security",
        "gdpr", "export", "import", "integration", "webhook", "sso", "mfa", "email", "spam",
        "duplicate", "discount", "coupon", "tax", "currency", "payout", "chargeback", "fraud",
        "onboarding", "training", "translation", "accessibility", "escalated", "follow-up",
        "no-reply", "feedback", "praise", "complaint", "legal", "press", "partner", "reseller",
        "renewal", "quota", "limits"]
FIRST = ["Ana", "Ben", "Chloe", "Dan", "Eva", "Finn", "Gia", "Hugo", "Ines", "Jon", "Kira", "Leo",
         "Mia", "Noah", "Olga", "Pablo", "Quinn", "Rosa", "Sam", "Tara"]
LAST = ["Adams", "Baker", "Chen", "Diaz", "Evans", "Fischer", "Garcia", "Haddad", "Ivanova",
        "Jensen", "Kim", "Lopez", "Müller", "Nowak", "Okafor", "Patel", "Rossi", "Silva",
        "Tanaka", "Weber"]
AGENTS = [f"{f} {l}" for l in LAST for f in FIRST]  # 400

OPENERS = ["Cannot log in", "Refund request", "Order not delivered", "Payment failed",
           "Double charge", "App crashes on start", "How do I export data", "Password reset",
           "Invoice is wrong", "Account locked", "Feature request", "Slow dashboard",
           "Webhook not firing", "Wrong item received", "Cancel subscription",
           "Change billing address", "Two-factor code missing", "Upgrade plan", "Bug report",
           "API returns 500", "Missing tracking number", "Where is my refund", "Data import stuck",
           "Discount code rejected", "Delivery address change", "Gift card balance",
           "Integration stopped working", "Tax form needed", "Email not received",
           "Question about limits", "Chat widget missing", "Card declined", "Report is empty",
           "Sync error", "Close my account", "Please call me back", "Late shipment",
           "Damaged parcel", "Renewal price", "Privacy request"]
CONTEXTS = ["", "", "", "after update", "on mobile app", "for last month", "since yesterday",
            "in production", "for my team", "with SSO", "on checkout page", "before renewal",
            "for order", "from warehouse", "in German locale", "on Android 14", "on iOS 17",
            "in Safari", "after migration", "for customer", "during trial", "again",
            "when exporting", "with new card", "for café account", "für Kunde", "注文について",
            "on the web app", "for EU entity", "over the weekend"]
TAILS = ["", ", please help", ", urgent", ' - "Error 42"', ' ("invalid token")', "\nSent from my phone",
         "\nRegards, J.", " \U0001F641"]
TAIL_P = np.array([0.86, 0.04, 0.02, 0.025, 0.015, 0.02, 0.01, 0.01])
PRAISE = ["Great help", "Very quick", "Thanks, solved at once", "Friendly agent", "Perfect",
          'They said "done" and it was', "Excellent service", "Easy"]
GRUMBLE = ["Too slow", "Had to ask twice", "Not solved", "Rude, and no answer", "Still waiting",
           'Told me to "wait"', "Confusing\nand long", "Never again"]
